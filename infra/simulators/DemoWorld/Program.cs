using System.CommandLine;
using Marketplace.DemoWorld;

var root = new RootCommand("A simulated farm, simulated pools and demo people for a marketplace that runs.")
{
    WorldCommand.Create(),
    CheckCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
