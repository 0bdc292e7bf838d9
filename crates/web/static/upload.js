// Sends a file piece by piece, goes on where a bad line broke off, and makes photographs smaller. The form works without.
"use strict";
for (const form of document.querySelectorAll("form[data-upload]")) {
  const choosers = [...form.querySelectorAll("input[type=file]")];
  // Beside other things to do, a form has a button of its own for its files.
  const adder = form.querySelector("[data-upload-add]");
  const said = form.querySelector("[data-upload-said]");
  const bar = form.querySelector("progress");
  const small = form.querySelector("[data-upload-small]");
  const PIECE = 256 * 1024;
  // A photograph is sent no larger than this along its longer side, in pixels.
  const SIDE = 2048;
  small.closest(".choice").hidden = false;

  const say = (name, part) => { said.textContent = form.dataset[name].replace("{part}", part ?? ""); };
  const wait = (seconds) => new Promise((done) => {
    const end = () => { removeEventListener("online", end); clearTimeout(timer); done(); };
    const timer = setTimeout(end, seconds * 1000);
    addEventListener("online", end);
  });

  const shrunk = async (file) => {
    if (!small.checked || !/^image\/(jpeg|png|webp|heic|heif)$/.test(file.type) || file.size < 400 * 1024) return file;
    try {
      const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
      const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(picture.width * scale);
      canvas.height = Math.round(picture.height * scale);
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.82));
      if (!blob || blob.size >= file.size) return file;
      return new File([blob], file.name.replace(/\.[^.]*$/, "") + ".jpg", { type: "image/jpeg" });
    } catch {
      return file;
    }
  };

  // Asks again until there is an answer. 4xx is an answer.
  const ask = async (method, path, body, type) => {
    for (let pause = 1; ; pause = Math.min(pause * 2, 30)) {
      try {
        const headers = { "x-csrf": form.elements.csrf.value, accept: "application/json" };
        if (type) headers["content-type"] = type;
        const answer = await fetch(path, { method, body, headers });
        if (answer.status < 500 && answer.status !== 429) return answer;
      } catch { /* the line is down */ }
      say("waiting");
      await wait(pause);
    }
  };

  const send = async (file) => {
    const base = form.dataset.upload;
    const begun = await ask("POST", base, JSON.stringify({ file_name: file.name, media_type: file.type }), "application/json");
    if (!begun.ok) return null;
    const { upload } = await begun.json();
    let from = 0;
    bar.hidden = false;
    while (from < file.size) {
      const part = Math.round((from / file.size) * 100);
      bar.value = part;
      say("sending", part + " %");
      const answer = await ask("PUT", `${base}/${upload}?from=${from}`, file.slice(from, from + PIECE), "application/octet-stream");
      // 409 says where it really stands: a piece came through whose answer was lost, or is still being written.
      if (!answer.ok && answer.status !== 409) return null;
      const { received } = await answer.json();
      if (received === from) await wait(1);
      from = received || from;
    }
    bar.value = 100;
    return upload;
  };

  let isEnding = false;
  form.addEventListener("submit", async (event) => {
    const file = choosers.map((chooser) => chooser.files[0]).find(Boolean);
    if (event.defaultPrevented || isEnding || !file || form.elements.upload.value || (adder && event.submitter !== adder)) return;
    event.preventDefault();
    const upload = await send(await shrunk(file));
    if (upload) {
      form.elements.upload.value = upload;
      for (const chooser of choosers) chooser.value = "";
    }
    // Without an upload the form goes as it stands, and the server says what is wrong.
    say("ending");
    isEnding = true;
    delete form.dataset.sent;
    form.requestSubmit(event.submitter);
  });
  for (const chooser of choosers) chooser.addEventListener("change", () => { form.elements.upload.value = ""; });
}
