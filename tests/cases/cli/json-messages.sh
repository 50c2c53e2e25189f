# status: 2
# stderr: ^\{"level":"error","id":"no-project","message":"no project .*","related":\[\]\}$
"$SOTAY" build --message-format json
