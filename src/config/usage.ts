export const usage = `Usage: upsell-graph [--config <file> | --sandbox]
       upsell-graph doctor [--customer <account>=<id>]... [--json] [--config <file>]
       upsell-graph record [--out <folder>] [--serve] [--customer <account>=<id>]... [--order <account>=<id>]...
                           [--config <file>]
       upsell-graph replay <recording>...
       upsell-graph operations [--unsettled] [--config <file>]
       upsell-graph token [--kind <kind>] [--sub <id>] [--customer <account>=<id>]... [--order <account>=<id>]...
                          [--scope <scope>]... [--expires <duration>] [--config <file>]

One GraphQL endpoint for adding an item to an order that already exists.
The command \`doctor\` looks at everything a server with this configuration depends on, by reading only.
The command \`record\` writes what providers answer, with every personal or secret value replaced by one of its shape.
The command \`replay\` decodes recordings and reports what no longer fits; it ends with status 1 when something does not.
The command \`operations\` prints the newest writes of the ledger as a table.
The command \`token\` prints a bearer token for development, signed with the shared secret of the configuration.

  --config <file>  Configuration in YAML. Default: $UPSELL_GRAPH_CONFIG, else ./upsell-graph.yaml when it exists.
                   Without any of them sandbox mode starts: local emulators with demo data, no credentials needed.
  --sandbox        Starts the sandbox, whatever files there are; needed for one when NODE_ENV=production.
  --out <folder>   Where recordings are written. Default: recordings.
  --serve          Records a running server until it is stopped, instead of the doctor's reads.
  --json           Prints the checks as JSON.
  --unsettled      Only writes whose outcome is not known yet.
  --help           Shows this text.
  --version        Shows the version.

Of a token:
  --kind <kind>    customer (the default), recognised, guest or service.
  --sub <id>       Who it is; owns idempotency keys and operations. Default: the kind, then -1.
  --customer <account>=<id>  The person's customer ID at that account. Once an account.
  --order <account>=<id>     An order that a guest may see. As often as needed.
  --scope <scope>  upsell:read or upsell:write. As often as needed; default: both.
  --expires <duration>       Such as 90s, 30m, 8h or 7d; at most 30d. Default: 1h.

Environment: PORT, HOST, OTEL_EXPORTER_OTLP_ENDPOINT and OTEL_SERVICE_NAME override the file; EMULATOR_PORT is the sandbox's;
NODE_ENV=production turns GraphiQL and introspection off unless the file asks for them.
`;
