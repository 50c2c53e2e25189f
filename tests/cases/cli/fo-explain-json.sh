# stdout: ^\{"page":1,"number":"1","master":"page","blank":false,"parts":\[\{"column":1,"columns":1,"room":84000,"notes":12000,"left":30000,
# stdout: "object":"fo:block","file":"[^"]*explain.fo","line":12,"column":7,"lines":1,"height":12000,"text":"three\*"
# stdout: "end":"barred","by":\{[^}]*\},"before":\{"object":"fo:block",[^}]*"line":13,"column":7,"text":"head"\}
# stdout: "left":18000,"allowed":false,"reason":"keep-with-next","value":0,
# stdout: "left":6000,"allowed":false,"reason":"orphans","value":2,
# stdout: "left":-6000,"allowed":false,"reason":"widows","value":2,
# stderr:
"$SOTAY" fo --explain 1 --message-format json "$CASES/explain.fo"
