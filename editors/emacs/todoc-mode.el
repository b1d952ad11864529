;;; todoc-mode.el --- Files of todoc -*- lexical-binding: t; -*-

;; Version: 0.1.0
;; Package-Requires: ((emacs "28.1"))
;; Keywords: languages
;; SPDX-License-Identifier: MIT OR Apache-2.0

;;; Commentary:

;; Colours and indents .todo files, and tells Eglot which language server is theirs.  With todoc in
;; the PATH, M-x eglot in such a buffer starts it.  Emacs 29 has Eglot; Emacs 28 needs the package.

;;; Code:

(defvar eglot-server-programs)

;; Made from the table of statements by tests/suite/grammars.
(defconst todoc-mode--statements
  '(
    "account"
    "admit"
    "after"
    "allow"
    "annotate"
    "app"
    "args"
    "body"
    "build"
    "build_system"
    "class"
    "command"
    "config"
    "context"
    "cpu"
    "cron"
    "data"
    "database"
    "disk"
    "entry"
    "env"
    "expose"
    "external"
    "file"
    "gateway"
    "go"
    "grace"
    "health"
    "helm"
    "host"
    "image"
    "images"
    "ingress"
    "instances"
    "issuer"
    "job"
    "label"
    "labels"
    "language"
    "liveness"
    "max_size"
    "memory"
    "message"
    "migrate"
    "min_length"
    "mongodb"
    "mysql"
    "name"
    "namespace"
    "naming"
    "needs"
    "node"
    "object"
    "optional"
    "packages"
    "patch"
    "pins"
    "platform"
    "policy"
    "port"
    "postgres"
    "pull"
    "pull_secret"
    "python"
    "rabbitmq"
    "readiness"
    "redis"
    "registry"
    "replicas"
    "rollout"
    "rust"
    "secret"
    "secrets"
    "selector"
    "service"
    "stage"
    "stand_in"
    "starts_with"
    "startup"
    "storage"
    "strip"
    "system"
    "tag"
    "target"
    "tier"
    "tier_config"
    "tier_secret"
    "timeout"
    "uid"
    "url"
    "user"
    "valkey"
    "value"
    "values"
    "version"
    "volume"
    "without"
    "workload"
    "workspace"
    "writable")
  "Words that statements begin with.")

(defconst todoc-mode--fixed
  '(
    "after"
    "allkeys-lfu"
    "allkeys-lru"
    "allkeys-random"
    "alpine"
    "always"
    "app"
    "as"
    "at"
    "by"
    "cidr"
    "class"
    "cpu"
    "deployment"
    "elsewhere"
    "env"
    "every"
    "exec"
    "existing"
    "external"
    "failures"
    "field"
    "forward"
    "from"
    "git"
    "grpc"
    "in"
    "ingress"
    "internal"
    "key"
    "loadbalancer"
    "local"
    "memory"
    "missing"
    "namespace"
    "never"
    "nodeport"
    "noeviction"
    "object"
    "of"
    "off"
    "path"
    "per"
    "pod"
    "pods"
    "read"
    "recreate"
    "redirect"
    "scheme"
    "section"
    "shared"
    "slim"
    "sources"
    "standard"
    "statefulset"
    "surge"
    "tcp"
    "tier"
    "timeout"
    "tls"
    "to"
    "udp"
    "unavailable"
    "values"
    "volatile-lfu"
    "volatile-lru"
    "volatile-random"
    "volatile-ttl"
    "zone")
  "Fixed words within statements.")
;; End of what is made.

(defvar todoc-mode-syntax-table
  (let ((table (make-syntax-table)))
    (modify-syntax-entry ?# "<" table)
    (modify-syntax-entry ?\n ">" table)
    (modify-syntax-entry ?\" "\"" table)
    (modify-syntax-entry ?\\ "\\" table)
    (modify-syntax-entry ?- "w" table)
    (modify-syntax-entry ?_ "w" table)
    (modify-syntax-entry ?{ "(}" table)
    (modify-syntax-entry ?} "){" table)
    (modify-syntax-entry ?\[ "(]" table)
    (modify-syntax-entry ?\] ")[" table)
    table)
  "What the characters of a .todo file are.")

(defvar todoc-mode-font-lock-keywords
  `((,(concat "\\(?:^\\|[{,]\\)[ \t]*" (regexp-opt todoc-mode--statements '(t)) "\\_>")
     1 font-lock-keyword-face)
    ("^\\(?:app\\|target\\|tier\\|job\\|cron\\|external\\|postgres\\|mysql\\|redis\\)[ \t]+\\([[:alpha:]_][[:alnum:]_-]*\\)"
     1 font-lock-type-face)
    ("\\(?:^\\|[{,]\\)[ \t]*\\([[:alpha:]_][[:alnum:]_-]*\\)[ \t]*=" 1 font-lock-variable-name-face)
    ("\\.\\.[[:alpha:]_]+" . font-lock-preprocessor-face)
    (,(regexp-opt todoc-mode--fixed 'symbols) . font-lock-constant-face))
  "What is coloured in a .todo file.")

(defun todoc-mode-indent-line ()
  "Indent the line by two blanks for each brace that is open before it."
  (interactive)
  (let* ((depth (save-excursion
                  (beginning-of-line)
                  (car (syntax-ppss))))
         (closes (save-excursion
                   (back-to-indentation)
                   (looking-at "[]}]")))
         (column (* 2 (max 0 (if closes (1- depth) depth)))))
    (if (<= (current-column) (current-indentation))
        (indent-line-to column)
      (save-excursion (indent-line-to column)))))

;;;###autoload
(define-derived-mode todoc-mode prog-mode "Todoc"
  "Major mode for .todo files."
  (setq-local comment-start "# ")
  (setq-local comment-start-skip "#+[ \t]*")
  (setq-local indent-tabs-mode nil)
  (setq-local indent-line-function #'todoc-mode-indent-line)
  (setq-local font-lock-defaults '(todoc-mode-font-lock-keywords)))

;;;###autoload
(add-to-list 'auto-mode-alist '("\\.todo\\'" . todoc-mode))

(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs '(todoc-mode . ("todoc" "lsp"))))

(provide 'todoc-mode)
;;; todoc-mode.el ends here
