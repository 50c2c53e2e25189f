# status: 2
# stderr: there is no template for “novel”; there are: booklet, bulletin, handout
mkdir content
"$SOTAY" new novel ban
