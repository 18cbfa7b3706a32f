// A long file is shown in parts. An address like #L4711 without its part is sent there.
const wanted = /^#L([0-9]{1,7})$/.exec(location.hash);
if (wanted && !document.getElementById(`L${wanted[1]}`)) {
  const address = new URL(location.href);
  if (address.searchParams.get("line") !== wanted[1]) {
    address.searchParams.set("line", wanted[1]);
    location.replace(address);
  }
}
