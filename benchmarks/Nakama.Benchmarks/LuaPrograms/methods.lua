local P = {} P.__index = P
function P.new(x) return setmetatable({x = x}, P) end
function P:add(n) self.x = self.x + n return self end
function P:get() return self.x end
local p = P.new(1)
local s = 0
for i = 1, 10000000 do p:add(i) s = s + p:get() end
