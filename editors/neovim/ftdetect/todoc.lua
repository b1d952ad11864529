-- Files of todoc, by their ending and by their first statement: others have `.todo` files, too.
vim.filetype.add({
  extension = {
    todo = function(_, buffer)
      for _, line in ipairs(vim.api.nvim_buf_get_lines(buffer, 0, 50, false)) do
        if not line:match("^%s*$") and not line:match("^%s*#") then
          return line:match("^app%s") and "todoc" or nil
        end
      end
      return "todoc"
    end,
  },
})
