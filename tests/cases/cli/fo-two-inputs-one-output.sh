# status: 2
# stderr: several inputs need --outdir DIR
"$SOTAY" fo a.fo b.fo -o out.pdf
