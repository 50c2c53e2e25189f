# status: 2
# stderr: there is no template for “novel”; there are: booklet, bulletin, cards, handout, introduction, minutes, plan, quiz
mkdir content
"$SOTAY" new novel ban
