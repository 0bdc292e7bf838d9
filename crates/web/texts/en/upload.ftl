# Files that come in piece by piece
upload-sending = Sending: { $part }
upload-waiting = The line is down. What was sent is kept; it goes on by itself.
upload-ending = Sent. Taking it in …
upload-progress = How much of the file was sent
upload-small = Make a photograph smaller before it is sent (2,048 pixels at most). The place, the time and the camera that it carries are left out; untick this to send the original where they matter as evidence.
upload-kept = “{ $name }” was sent and is kept. Choose another file only to replace it.
