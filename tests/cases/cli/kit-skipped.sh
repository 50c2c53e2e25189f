# stderr: note: to: no quiz, for the source has none \[kit-skipped\]
# stderr: note: to: no introduction, minutes, which the kind booklet gives only where “kit:” names it \[kit-skipped\]
# stderr: content/hoi/publication.yaml:4:7: warning: no quiz is made: the source has no quiz \[kit-without\]
mkdir -p content/to content/hoi
printf 'kind: booklet\ntitle: Tờ\nparts: [a]\nlanguages: [vi]\n' >content/to/publication.yaml
printf 'kind: booklet\ntitle: Hỏi\nparts: [a]\nkit: [quiz, minutes]\nlanguages: [vi]\n' >content/hoi/publication.yaml
printf '# Một\n\nMột đoạn.\n' | tee content/to/a.vi.md >content/hoi/a.vi.md
"$SOTAY" kit to --progress=none
"$SOTAY" build hoi --progress=none
test "$(ls out/to)" = "to.cards.a6.pdf
to.cards.pdf
to.pdf
to.slides.facilitator.pdf
to.slides.pdf"
test "$(ls out/hoi)" = "hoi.minutes.pdf
hoi.pdf"
