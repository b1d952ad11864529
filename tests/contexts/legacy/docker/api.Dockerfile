FROM scratch AS runner
COPY server /server
