// Keeps the language that the member picked, for the next time the app is opened, at any address.
export default function keep({ data }) {
  const secure = window.location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${data.cookie}=${data.language}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
}
