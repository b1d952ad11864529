-- Colours texts by the syntax of Vim: reads `[text, …]` from the file TODOC_TEXTS, and prints for each
-- a list of `[line, first byte, last byte, group]`.
local texts = vim.json.decode(table.concat(vim.fn.readfile(vim.env.TODOC_TEXTS), "\n"))
local groups = {}

-- The class that a group stands for, by its links.
local function class(id)
  if groups[id] == nil then
    local name = vim.fn.synIDattr(id, "name")
    local link = vim.api.nvim_get_hl(0, { name = name, link = true }).link
    if link and link:match("^todoc%u") then
      name = link
      link = vim.api.nvim_get_hl(0, { name = name, link = true }).link
    end
    groups[id] = link and name or false
  end
  return groups[id]
end

local answers = {}
vim.cmd("syntax on")
for _, text in ipairs(texts) do
  local lines = vim.split(text, "\n")
  vim.cmd("enew!")
  vim.api.nvim_buf_set_lines(0, 0, -1, false, lines)
  vim.bo.syntax = "todoc"
  assert(vim.b.current_syntax == "todoc", "the syntax doesn't load")
  vim.cmd("syntax sync fromstart")
  local spans = {}
  for number, line in ipairs(lines) do
    local last
    for column = 1, #line do
      local name = class(vim.fn.synID(number, column, 1))
      if name and not (last and last[4] == name and last[3] == column - 1) then
        last = { number - 1, column - 1, column, name }
        table.insert(spans, last)
      elseif name then
        last[3] = column
      else
        last = nil
      end
    end
  end
  table.insert(answers, spans)
end
io.stdout:write(vim.json.encode(answers))
vim.cmd("qall!")
