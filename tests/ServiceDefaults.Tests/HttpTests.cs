using System.Net;
using System.Text;
using System.Text.Json;
using Marketplace.ServiceDefaults.Security;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Marketplace.ServiceDefaults.Tests;

public sealed class HttpTests(TestWorld world) : IClassFixture<TestWorld>
{
    private const string Rest = ""","price":null,"rigId":null,"parts":null}""";
    private const string Parts = ""","price":null,"rigId":null,"parts":[{"code":"12345"}]}""";

    [Fact]
    public async Task An_endpoint_that_says_nothing_wants_a_signed_in_person()
    {
        (await world.GetAsync("/api/alpha/whoami")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await world.GetAsync("/api/alpha/whoami", world.UserToken())).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await world.GetAsync("/api/alpha/whoami", ServiceToken("beta", "alpha"))).StatusCode
            .ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_role_opens_its_own_door()
    {
        (await world.GetAsync("/api/alpha/renters", world.UserToken("seller"))).StatusCode
            .ShouldBe(HttpStatusCode.Forbidden);
        (await world.GetAsync("/api/alpha/renters", world.UserToken("renter"))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_service_token_opens_only_the_service_it_is_for()
    {
        (await world.GetAsync("/api/alpha/services", world.UserToken("renter"))).StatusCode
            .ShouldBe(HttpStatusCode.Forbidden);
        (await world.GetAsync("/api/alpha/services", ServiceToken("beta", "alpha"))).StatusCode
            .ShouldBe(HttpStatusCode.OK);
        (await world.GetAsync("/api/alpha/services", ServiceToken("beta", "beta"))).StatusCode
            .ShouldBe(HttpStatusCode.Unauthorized);
        (await world.GetAsync("/api/beta/anybody", world.UserToken())).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_service_reaches_another_with_a_token_of_its_own()
    {
        using var response = await world.GetAsync("/api/alpha/beta");

        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("alpha");
    }

    [Theory]
    [InlineData("invalid", 400, "too-long")]
    [InlineData("forbidden", 403, "not-yours")]
    [InlineData("missing", 404, "thing-not-found")]
    [InlineData("conflict", 409, "already-paid")]
    [InlineData("concurrency", 409, "changed-meanwhile")]
    [InlineData("bug", 500, "internal-error")]
    public async Task A_failure_is_a_problem_with_its_code(string kind, int status, string code)
    {
        using var response = await world.GetAsync($"/api/alpha/failures/{kind}");

        await ShouldBeProblemAsync(response, status, code);
    }

    [Fact]
    public async Task A_bug_tells_nothing_of_the_inside()
    {
        using var response = await world.GetAsync("/api/alpha/failures/bug");

        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        body.ShouldNotContain("hunter2");
        body.ShouldNotContain("Exception");
    }

    [Fact]
    public async Task Every_refusal_is_a_problem()
    {
        await ShouldBeProblemAsync(await world.GetAsync("/api/alpha/nowhere"), 404, "not-found");
        await ShouldBeProblemAsync(await world.GetAsync("/api/alpha/whoami"), 401, "not-signed-in");
        await ShouldBeProblemAsync(await world.GetAsync("/api/alpha/renters", world.UserToken()), 403, "not-allowed");
    }

    [Theory]
    [InlineData("", "request-malformed")]
    [InlineData("{", "request-malformed")]
    [InlineData("[]", "request-malformed")]
    [InlineData("{}", "request-malformed")]
    [InlineData("""{"name":null,"hashrate":"1","size":3""" + Rest, "request-malformed")]
    [InlineData("""{"name":"ab","hashrate":"-1","size":3""" + Rest, "request-malformed")]
    [InlineData("""{"name":"ab","hashrate":1.5,"size":3""" + Rest, "request-malformed")]
    [InlineData("""{"name":"a","hashrate":"1","size":3""" + Rest, "request-invalid")]
    [InlineData("""{"name":"ab","hashrate":"1","size":11""" + Rest, "request-invalid")]
    [InlineData("""{"name":"ab","hashrate":"1","size":3""" + Parts, "request-invalid")]
    public async Task A_bad_request_is_said_to_be_one(string body, string code) =>
        await ShouldBeProblemAsync(await PostThingAsync(body), 400, code);

    [Fact]
    public async Task A_good_request_is_taken()
    {
        const string Body = """
            {"name":"ab","size":3,"hashrate":"100000000000000000000","price":{"amount":"1.25","currency":"USD"},
             "rigId":"0198c0de-0000-7000-8000-000000000001","parts":[{"code":"1234"}]}
            """;
        using var response = await PostThingAsync(Body);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var thing = JsonDocument.Parse(
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        thing.RootElement.GetProperty("hashrate").GetString().ShouldBe("100000000000000000000");
        thing.RootElement.GetProperty("price").GetProperty("amount").GetString().ShouldBe("1.25");
    }

    [Fact]
    public async Task A_request_that_is_too_large_is_refused() =>
        await ShouldBeProblemAsync(await PostThingAsync(new string(' ', 300_000) + "{}"), 413, "request-too-large");

    [Fact]
    public async Task Health_says_that_database_and_bus_are_there()
    {
        (await world.GetAsync("/health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await world.GetAsync("/health/ready")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_document_of_a_service_says_what_its_primitives_look_like()
    {
        using var response = await world.GetAsync("/openapi/alpha.json");
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        using var document = JsonDocument.Parse(text);
        var root = document.RootElement;

        var post = root.GetProperty("paths").GetProperty("/api/alpha/things").GetProperty("post");
        post.GetProperty("operationId").GetString().ShouldBe("make-thing");
        post.GetProperty("responses").TryGetProperty("default", out _).ShouldBeTrue();
        text.ShouldNotContain("/api/beta/");
        var schemas = root.GetProperty("components").GetProperty("schemas");
        schemas.GetProperty("Thing").GetProperty("properties").GetRawText().ShouldContain("hashrate");
        schemas.GetProperty("Hashrate").GetProperty("type").GetString().ShouldBe("string");
        schemas.GetProperty("RigId").GetProperty("format").GetString().ShouldBe("uuid");
        schemas.GetProperty("Money").GetProperty("properties").GetProperty("amount").GetProperty("type").GetString()
            .ShouldBe("string");
        schemas.GetProperty("Thing").GetProperty("properties").GetProperty("size").GetProperty("type").GetString()
            .ShouldBe("integer");
        root.GetProperty("paths").GetProperty("/api/alpha/whoami").GetProperty("get")
            .TryGetProperty("parameters", out _).ShouldBeFalse();
    }

    private static async Task ShouldBeProblemAsync(HttpResponseMessage response, int status, string code)
    {
        using (response)
        {
            var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            ((int)response.StatusCode).ShouldBe(status, body);
            response.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
            using var problem = JsonDocument.Parse(body);
            problem.RootElement.GetProperty("code").GetString().ShouldBe(code, body);
            problem.RootElement.GetProperty("traceId").GetString().ShouldNotBeNullOrEmpty();
        }
    }

    private string ServiceToken(string service, string audience) =>
        world.Services.GetRequiredService<TokenIssuer>().IssueForService(service, audience).Text;

    private Task<HttpResponseMessage> PostThingAsync(string body) => world.SendAsync(
        HttpMethod.Post, "/api/alpha/things", null, new StringContent(body, Encoding.UTF8, "application/json"));
}
