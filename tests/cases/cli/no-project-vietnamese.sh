# status: 2
# stderr: lỗi: không thấy dự án
LC_ALL=vi_VN.UTF-8 "$SOTAY" build
