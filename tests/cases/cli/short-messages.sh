# status: 2
# stderr: ^-:0:0: error: .* \[no-project\]$
"$SOTAY" build --message-format=short
