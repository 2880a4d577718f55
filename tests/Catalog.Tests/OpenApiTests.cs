namespace Marketplace.Catalog.Tests;

public sealed class OpenApiTests(CatalogWorld world) : IClassFixture<CatalogWorld>
{
    [Fact]
    public async Task The_document_names_every_operation_and_says_numbers_as_strings()
    {
        var document = await world.GetJsonAsync("openapi/catalog.json");

        var operations = document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject())
            .Select(operation => operation.Value.GetProperty("operationId").GetString());
        operations.Where(id => !id!.Contains("DeadLetter", StringComparison.Ordinal)).ShouldBe(
            [
                "createFarm", "listFarms", "createRig", "listRigs", "getRig", "setDefaultPools", "publishListing",
                "searchListings", "listOwnListings", "getListing", "withdrawListing",
            ],
            ignoreOrder: true);
        var schemas = document.GetProperty("components").GetProperty("schemas");
        schemas.GetProperty("Hashrate").GetProperty("type").GetString().ShouldBe("string");
        schemas.TryGetProperty("Listing", out _).ShouldBeTrue();
        schemas.TryGetProperty("Caller", out _).ShouldBeFalse();
    }
}
