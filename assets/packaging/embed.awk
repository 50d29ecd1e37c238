# Turns files of text into C tables: array_name[] (base names), array_text[], array_count, in the order given.
function flush_file() { if (n) text = text "\t,\n" }
FNR == 1 {
	flush_file(); n++
	name = FILENAME; sub(/.*\//, "", name)
	names = names "\t\"" name "\",\n"
}
{ gsub(/\\/, "\\\\"); gsub(/"/, "\\\""); text = text "\t\"" $0 "\\n\"\n" }
END {
	flush_file()
	if (!n) { names = "\t\"\",\n"; text = "\t\"\"\n" }
	printf "extern const char *const %s_name[];\nextern const char *const %s_text[];\nextern const int %s_count;\n", array, array, array
	printf "const char *const %s_name[] = {\n%s};\nconst char *const %s_text[] = {\n%s};\nconst int %s_count = %d;\n", array, names, array, text, array, n
}
