using System.CommandLine;
using Marketplace.Provision;

var root = new RootCommand("Makes what the services find when they start: key pairs and private databases.")
{
    KeysCommand.Create(),
    PostgresCommand.Create(),
    RabbitMqCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
