# stdout: ^ok$
# stderr:
# The units, the styles and the rules of a page, and the line of a stylesheet that says so.
cd "$ROOT"
LC_ALL=C "$SOTAY" explain nghi-quyet-dang-uy 1 --message-format json 2>/dev/null | python3 -c '
import json, re, sys
page = json.loads(sys.stdin.read())
assert page["page"] == 1 and page["rules"] and page["units"]
assert {r["pack"] for r in page["rules"]} == {"hd05"} and all(r["grade"] in "VSR" for r in page["rules"])
assert any(u["unit"] == "chi-tieu" and u["type"] == "heading" and u["languages"][0]["line"] == 7 for u in page["units"])
styles = [s for p in page["parts"] for s in p["styles"]]
for style in styles:
    name, line = style["origin"].split(":")
    assert "<fo:" in open(name).read().split("\n")[int(line) - 1], style["origin"]
    for set in style["sets"]:
        name, line = set["at"].split(":")
        assert re.search("attribute-set name=.%s. *" % set["name"], open(name).read().split("\n")[int(line) - 1]), set
assert any(s["size"] == "14pt" for s in styles)
print("ok")'
