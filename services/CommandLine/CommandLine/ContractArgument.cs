using System.CommandLine;

namespace Marketplace.CommandLine;

/// <summary>A contract's id, as the web app shows it.</summary>
internal static class ContractArgument
{
    public static Argument<ContractId> Create() => new("contract")
    {
        Description = "The contract's id.",
        CustomParser = argument =>
        {
            var text = argument.Tokens.Count > 0 ? argument.Tokens[0].Value : "";
            if (!TypedId.TryParse<ContractId>(text, out var id))
            {
                argument.AddError($"'{text}' is not the id of a contract.");
            }

            return id;
        },
    };
}
