# status: 2
# stderr: explain takes a publication and the count of a page
"$SOTAY" explain ban-tin-01 zero
