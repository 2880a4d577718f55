using System.Net;
using System.Net.Http.Json;
using MassTransit;
using Marketplace.ServiceDefaults.Messaging;
using Marketplace.ServiceDefaults.Security;
using Marketplace.ServiceDefaults.TestHost;
using Marketplace.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Marketplace.ServiceDefaults.Tests;

public abstract class DeadLetterTests(TestWorld world)
{
    private const string Path = "/api/beta/operations/dead-letters";

    [Fact]
    public async Task A_message_that_fails_for_good_is_seen_and_can_be_applied_later()
    {
        world.Faults.Numbers[1] = "broken until repaired";
        await world.SayAsync(new NumberSaid(1));
        var letter = await LetterAsync(dead => dead.Reason.Contains("broken until repaired"));
        letter.Queue.ShouldBe("beta-number-said");
        letter.MessageType.ShouldBe(typeof(NumberSaid).FullName);
        await Eventually.TrueAsync(() => world.InAlphaAsync(
            alpha => alpha.Set<OutboxMessage>().AllAsync(row => row.SentAt != null)));

        (await RequeueAsync(letter.Id)).StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (await LettersAsync()).ShouldContain(dead => dead.Id == letter.Id);

        world.Faults.Numbers.TryRemove(1, out _);
        (await RequeueAsync(letter.Id)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await world.InBetaAsync(beta => beta.BetaNumbers.CountAsync(heard => heard.Number == 1))).ShouldBe(1);
        (await LettersAsync()).ShouldNotContain(dead => dead.Id == letter.Id);
        (await RequeueAsync(letter.Id)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_requeued_version_lets_its_parked_successors_follow()
    {
        var counter = Guid.CreateVersion7();
        world.Faults.Notes["first"] = "first is broken";
        await world.SayAsync(new CounterMoved(counter, "first", 1), new CounterMoved(counter, "second", 2));
        var letter = await LetterAsync(dead => dead.Reason.Contains("first is broken"));
        (await StepsAsync(counter)).ShouldBeEmpty();

        world.Faults.Notes.TryRemove("first", out _);
        (await RequeueAsync(letter.Id)).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        await Eventually.TrueAsync(async () => (await StepsAsync(counter)).SequenceEqual(["first", "second"]));
    }

    [Fact]
    public async Task A_message_of_unknown_type_is_kept()
    {
        var queue = await world.Services.GetRequiredService<IBus>().GetSendEndpoint(
            new Uri("exchange:beta-number-said"));
        await queue.Send(new Stranger("who am I"), TestContext.Current.CancellationToken);

        var letter = await LetterAsync(dead => dead.MessageType.Contains(nameof(Stranger)));
        (await RequeueAsync(letter.Id)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task A_failure_that_passes_needs_no_dead_letter()
    {
        world.Faults.Numbers[7] = "for a moment";
        await world.SayAsync(new NumberSaid(7));
        await Eventually.TrueAsync(() => world.Log.Lines.Any(line => line.Text.Contains("for a moment")));
        world.Faults.Numbers.TryRemove(7, out _);

        await Eventually.TrueAsync(async () =>
            await world.InBetaAsync(beta => beta.BetaNumbers.AnyAsync(heard => heard.Number == 7))
            || (await LettersAsync()).Any(dead => dead.Reason.Contains("for a moment")));
    }

    [Fact]
    public async Task Only_operators_see_dead_letters()
    {
        (await world.GetAsync(Path)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await world.GetAsync(Path, world.UserToken(Policies.Renter, Policies.Finance))).StatusCode
            .ShouldBe(HttpStatusCode.Forbidden);
    }

    private async Task<DeadLetterView> LetterAsync(Func<DeadLetterView, bool> isWanted)
    {
        await Eventually.HoldsAsync(async () =>
        {
            var letters = await LettersAsync();
            letters.Any(isWanted).ShouldBeTrue(string.Join('\n', letters));
        });
        return (await LettersAsync()).First(isWanted);
    }

    private async Task<List<DeadLetterView>> LettersAsync()
    {
        using var response = await world.GetAsync(Path, world.UserToken(Policies.Operator));
        return (await response.Content.ReadFromJsonAsync<List<DeadLetterView>>(TestContext.Current.CancellationToken))!;
    }

    private Task<HttpResponseMessage> RequeueAsync(Guid id) =>
        world.SendAsync(HttpMethod.Post, $"{Path}/{id}/requeue", world.UserToken(Policies.Operator));

    private Task<List<string>> StepsAsync(Guid counter) => world.InBetaAsync(beta => beta.CounterSteps
        .Where(step => step.CounterId == counter).OrderBy(step => step.Id).Select(step => step.Note).ToListAsync());
}

public sealed record Stranger(string Text);

public sealed class InMemoryDeadLetterTests(TestWorld world) : DeadLetterTests(world), IClassFixture<TestWorld>;

[Collection(nameof(RabbitMqWorld))]
public sealed class RabbitMqDeadLetterTests(RabbitMqWorld world)
    : DeadLetterTests(world.OrSkip()), IClassFixture<RabbitMqWorld>;
