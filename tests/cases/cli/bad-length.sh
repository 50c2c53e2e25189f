# status: 2
# stderr: --creep takes a length like 0.1mm \(not wide\)
"$SOTAY" build --creep wide
