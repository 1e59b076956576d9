// The join code stands in the fragment of the address that the room's QR code holds.
const code = decodeURIComponent(location.hash.slice(1));
document.getElementById("here").textContent = location.origin;
if (code) document.getElementById("code").textContent = code;
