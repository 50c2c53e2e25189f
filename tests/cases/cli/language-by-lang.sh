# status: 2
# stderr: không thấy dự án
unset LC_ALL
LC_MESSAGES=vi LANG=en_US.UTF-8 "$SOTAY" build
