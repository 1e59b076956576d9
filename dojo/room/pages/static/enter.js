// The secret stands in the link's fragment, which no server is sent and no log holds. It goes into
// the form, and out of the address, at once.
const secret = location.hash.slice(1);
if (secret) {
  history.replaceState(null, "", location.pathname);
  document.getElementById("secret").value = decodeURIComponent(secret);
  document.getElementById("enter").submit();
}
