-- Starts the server for files of todoc, and shows its hints.
if vim.fn.has("nvim-0.11") == 0 then
  return
end
vim.lsp.enable("todoc")
vim.api.nvim_create_autocmd("FileType", {
  pattern = "todoc",
  callback = function(event)
    vim.bo[event.buf].commentstring = "# %s"
    vim.bo[event.buf].expandtab = true
    vim.bo[event.buf].shiftwidth = 2
    vim.opt_local.iskeyword:append("-")
  end,
})
vim.api.nvim_create_autocmd("LspAttach", {
  callback = function(event)
    local client = vim.lsp.get_client_by_id(event.data.client_id)
    if client and client.name == "todoc" then
      vim.lsp.inlay_hint.enable(true, { bufnr = event.buf })
    end
  end,
})
