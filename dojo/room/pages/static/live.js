// A page's stream, and what to do where there is none. State is read, not received: every connect
// brings everything, so a message that was missed costs nothing.

const SILENT = 10000; // ms without a word after which the state is asked for: a proxy may buffer
const ASK = 4000;

export function follow(page, take, tell) {
  let source = null;
  let heard = Date.now(); // from the stream
  let since = null; // when the connection was lost
  let asking = false;

  function open() {
    source = new EventSource(page.stream);
    source.onmessage = (event) => {
      heard = Date.now();
      got(JSON.parse(event.data), "live");
    };
    source.onerror = () => again();
  }

  // Boards that were all cut off by a restart don't all come back in one moment.
  function again() {
    source.close();
    lost();
    setTimeout(open, 1000 + 4000 * Math.random());
  }

  function got(message, how) {
    since = null;
    tell(how);
    take(message);
  }

  function lost() {
    since ??= new Date();
    tell("lost", since);
  }

  async function ask() {
    if (asking || Date.now() - heard < SILENT) return;
    asking = true;
    try {
      const answer = await fetch(page.state, { headers: { Accept: "application/json" } });
      if (answer.ok) got(await answer.json(), "asked");
      else if (answer.status === 403 || answer.status === 404) tell("ended");
      else lost();
    } catch {
      lost();
    } finally {
      asking = false;
    }
  }

  open();
  setInterval(ask, ASK);
  addEventListener("pagehide", () => source.close());
  addEventListener("pageshow", (event) => event.persisted && again());
}
