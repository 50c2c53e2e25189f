# status: 1
# stderr: ^content/rules/hong\.xml:3: error: .* \[schema-error\]$
# stderr: ^content/rules/sai\.xml:3: error: rule a: “value” must be a length: 14pt or 30mm: the pack is left out \[rule-wrong\]$
# stderr: ^content/rules/vo\.xml:4:\d+: error: .* \[xml-error\]$
# stderr: text: size 14 pt; don asks: size 13 pt \[rule\]$
# stdout: ^don +Đơn vị$
# An organisation's own pack, beside packs with errors: told with file and line, the others still run.
mkdir -p content/rules
cp -R "$ROOT/styles" .
"$SOTAY" new resolution nghi-quyet -q >/dev/null 2>&1
pack() { printf '<?xml version="1.0" encoding="UTF-8"?>\n<rules xmlns="urn:sotay:rules" id="%s" kinds="resolution"><title xml:lang="en">Đơn vị</title>\n%s\n</rules>\n' "$1" "$2" >content/rules/$1.xml; }
rule='<rule id="a" component="body" measure="size" value="13pt" clause="1" grade="V"><asks xml:lang="en">size 13 pt</asks></rule>'
pack don "$rule"
pack hong "$(echo "$rule" | sed 's/component="body"/component="bodi"/')"
pack sai "$(echo "$rule" | sed 's/13pt/13/')"
pack vo "$(echo "$rule" | sed 's/<.rule>//')"
"$SOTAY" rules 2>/dev/null | grep '^don'
"$SOTAY" check --progress=none
