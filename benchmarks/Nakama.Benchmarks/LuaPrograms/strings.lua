local n = 0
for r = 1, 20 do
local parts = {}
for i = 1, 20000 do parts[#parts + 1] = "item" .. i .. "," end
local s = table.concat(parts)
for w in s:gmatch("%a+%d+") do n = n + #w end
s = s:gsub("item", "it")
n = n + #s
for i = 1, #s, 10 do n = n + s:byte(i) end
local f = string.format("%d %s %5.2f", r, "abc", r / 3)
end
for i = 1, 300000 do local a = ("x" .. i):sub(2, 3):upper() if a:find("9", 1, true) then n = n + 1 end end
