using System.Text.Json;
using Marketplace.Simulators.Pools;
using Marketplace.Stratum;

namespace Marketplace.HashrateProxy.Tests.Line;

/// <summary>What firmware sends to introduce itself, in its live shapes and orders, and what it is answered.</summary>
public sealed class HandshakeTests(ProxyWorld world) : IClassFixture<ProxyWorld>
{
    private const int Pipelines = 20;

    private async Task<(RigId RigId, string Login)> NewRigAsync(int jobIntervalSeconds = 600) =>
        await world.NewRigAsync(
            world.NewPool(new PoolSettings
            {
                CoinbaseText = "own",
                Difficulty = Difficulty.Of(100_000),
                EasiestDifficulty = null,
                JobIntervalSeconds = jobIntervalSeconds,
            }),
            Hashrate.FromTerahashes(10));

    private Task<RawWorker> ConnectAsync() => RawWorker.ConnectAsync(world.StratumPort);

    private static async Task<JsonElement> ResultAsync(RawWorker worker, string method, string parameters)
    {
        await worker.SendAsync($$"""{"id":1,"method":"{{method}}","params":{{parameters}}}""" + "\n");
        return JsonDocument.Parse((await worker.TryReadLineAsync())!).RootElement.GetProperty("result");
    }

    [Theory]
    [InlineData("7")]
    [InlineData("\"auth\"")]
    [InlineData("1.5")]
    [InlineData("-1e9")]
    [InlineData("123456789012345678901234567890")]
    [InlineData("\"tx\\u0041\\\"\"")]
    [InlineData("true")]
    [InlineData("[1,{}]")]
    public async Task An_id_of_any_type_is_echoed_as_it_came(string id)
    {
        using var worker = await ConnectAsync();
        await worker.SendAsync($$"""{"id":{{id}},"method":"mining.ping","params":[]}""" + "\n");
        (await worker.TryReadLineAsync()).ShouldBe($$"""{"id":{{id}},"result":"pong","error":null}""");
        await worker.SendAsync($$"""{"method":"mining.submit","params":["a"],"id":{{id}}}""" + "\n");
        (await worker.TryReadLineAsync()).ShouldBe(
            $$"""{"id":{{id}},"result":null,"error":[24,"Unauthorized worker",null]}""");
    }

    [Theory]
    [InlineData(
        """[["version-rolling"],{"version-rolling.mask":"1fffe000","version-rolling.min-bit-count":16}]""",
        """{"version-rolling":true,"version-rolling.mask":"1fffe000"}""")]
    [InlineData(
        """[["version-rolling"],{"version-rolling.mask":"ffffffff"}]""",
        """{"version-rolling":true,"version-rolling.mask":"1fffe000"}""")]
    [InlineData("""[["version-rolling"]]""", """{"version-rolling":true,"version-rolling.mask":"1fffe000"}""")]
    [InlineData(
        """[["version-rolling","minimum-difficulty","subscribe-extranonce"],{"minimum-difficulty.value":2048}]""",
        """
        {"version-rolling":true,"version-rolling.mask":"1fffe000","minimum-difficulty":true,"subscribe-extranonce":true}
        """)]
    [InlineData("""[["info"],{"info.hw-version":"x","info.sw-version":"y"}]""", """{"info":true}""")]
    [InlineData("""[["x-new"],{}]""", """{"x-new":false}""")]
    [InlineData("[[]]", "{}")]
    public async Task Configure_answers_what_was_asked_and_not_one_key_more(string parameters, string result)
    {
        using var worker = await ConnectAsync();
        (await ResultAsync(worker, "mining.configure", parameters)).GetRawText().ShouldBe(result.Trim());
    }

    [Fact]
    public async Task The_mask_is_fixed_by_the_first_request_for_one()
    {
        using var worker = await ConnectAsync();
        await ResultAsync(worker, "mining.configure", """[["info"],{}]""");
        (await ResultAsync(worker, "mining.configure", """[["version-rolling"],{"version-rolling.mask":"ffe000"}]"""))
            .GetProperty("version-rolling.mask").GetString().ShouldBe("00ffe000");
        (await ResultAsync(worker, "mining.configure", """[["version-rolling"],{}]"""))
            .GetProperty("version-rolling.mask").GetString().ShouldBe("00ffe000");
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""["cgminer/4.10"]""")]
    [InlineData("""["whatsminer/v1.0","0123456789abcdef"]""")]
    [InlineData("""["Braiins OS 2019-06-05",null,"stratum.example:3333",null]""")]
    [InlineData("{}")]
    public async Task Subscribe_of_any_shape_is_given_an_extranonce_and_keeps_it(string parameters)
    {
        using var worker = await ConnectAsync();
        var first = await ResultAsync(worker, "mining.subscribe", parameters);
        first[0][1][0].GetString().ShouldBe("mining.notify");
        first[1].GetString()!.Length.ShouldBe(2);
        first[2].GetInt32().ShouldBe(3);
        (await ResultAsync(worker, "mining.subscribe", """["ckproxy/1.0"]""")).GetRawText()
            .ShouldBe(first.GetRawText());
    }

    [Fact]
    public async Task A_worker_that_comes_back_with_its_session_gets_its_extranonce_again()
    {
        var worker = await ConnectAsync();
        var first = await ResultAsync(worker, "mining.subscribe", """["cgminer/4.10"]""");
        var resume = $$"""["cgminer/4.10",{{first[0][1][1].GetRawText()}}]""";
        using (var impostor = await ConnectAsync())
        {
            (await ResultAsync(impostor, "mining.subscribe", resume))[0][1][1].GetString()
                .ShouldNotBe(first[0][1][1].GetString(), "the session is still connected");
        }

        worker.Dispose();
        await Eventually.TrueAsync(
            async () =>
            {
                using var returned = await ConnectAsync();
                var second = await ResultAsync(returned, "mining.subscribe", resume);
                return second.GetRawText() == first.GetRawText();
            },
            ProxyWorld.Generous);
    }

    [Fact]
    public async Task Whatever_is_sent_at_once_is_answered_in_order_before_the_first_job()
    {
        var (_, login) = await NewRigAsync(jobIntervalSeconds: 1);
        for (var round = 0; round < Pipelines; round++)
        {
            using var worker = await ConnectAsync();
            await worker.SendAsync(
                $$"""
                {"id":1,"method":"mining.authorize","params":["{{login}}.one","x"]}
                {"id":2,"method":"mining.subscribe","params":["bitaxe/BM1370/v2.4.1"]}
                {"id":null,"method":"mining.suggest_difficulty","params":[512]}
                {"id":3,"method":"mining.configure","params":[["version-rolling"],{}]}
                {"id":4,"method":"mining.extranonce.subscribe","params":[]}
                {"id":5,"method":"mining.authorize","params":["{{login}}.two"]}

                """.ReplaceLineEndings("\n"));
            for (var id = 1; id <= 5; id++)
            {
                (await worker.TryReadLineAsync())!.ShouldStartWith($$"""{"id":{{id}},"result":""");
            }

            (await worker.TryReadLineAsync())!.ShouldContain("\"mining.set_difficulty\",\"params\":[512]");
            (await worker.TryReadLineAsync())!.ShouldContain("mining.notify");
        }
    }

    [Theory]
    [InlineData("mining.get_transactions", "[\"job\"]")]
    [InlineData("mining.capabilities", "[{}]")]
    [InlineData("mining.multi_version", "[1]")]
    [InlineData("mining.whatever", "null")]
    public async Task A_method_that_is_not_served_gets_an_error_of_three_parts(string method, string parameters)
    {
        using var worker = await ConnectAsync();
        await worker.SendAsync($$"""{"id":"x","method":"{{method}}","params":{{parameters}}}""" + "\n");
        (await worker.TryReadLineAsync()).ShouldBe("""{"id":"x","result":null,"error":[20,"Not supported",null]}""");
    }

    [Fact]
    public async Task A_worker_may_ask_who_we_are_and_whether_we_are_there()
    {
        using var worker = await ConnectAsync();
        (await ResultAsync(worker, "client.get_version", "[]")).GetString().ShouldBe("marketplace-proxy/1.0");
        (await ResultAsync(worker, "mining.ping", "[]")).GetString().ShouldBe("pong");
    }

    [Fact]
    public async Task A_share_before_login_or_subscription_is_refused_with_its_own_code()
    {
        var (_, login) = await NewRigAsync();
        using var worker = await ConnectAsync();
        var share = new object[] { $"{login}.one", "1", "000000", "00000000", "00000000" };
        RawWorker.CodeOf(await worker.CallAsync("mining.submit", share)).ShouldBe(StratumError.UnauthorisedCode);
        RawWorker.CodeOf(await worker.CallAsync("mining.authorize", $"{login}.one")).ShouldBe(0);
        RawWorker.CodeOf(await worker.CallAsync("mining.submit", share)).ShouldBe(StratumError.NotSubscribedCode);
        worker.Jobs.ShouldBeEmpty();
        await worker.SubscribeAsync();
        await worker.NextJobAsync(after: 0);
    }

    [Theory]
    [InlineData("x", "[1500.5]", "mining.suggest_difficulty", "1500.5")]
    [InlineData("x", "[\"400\"]", "mining.suggest_difficulty", "400")]
    [InlineData("x,diff=300", "[]", "mining.ping", "300")]
    [InlineData("d=300,md=700", "[]", "mining.ping", "700")]
    [InlineData("x", "[300]", "mining.suggest_difficulty", "300")]
    public async Task A_difficulty_that_was_asked_for_is_the_first_one(
        string password, string parameters, string method, string difficulty)
    {
        var (_, login) = await NewRigAsync();
        using var worker = await ConnectAsync();
        await ResultAsync(worker, method, parameters);
        await worker.SubscribeAsync();
        await worker.CallAsync("mining.authorize", $"{login}.one", password);
        await worker.NextJobAsync(after: 0);
        worker.Difficulty.ShouldBe(Difficulty.Parse(difficulty));
    }

    [Fact]
    public async Task A_target_that_was_asked_for_is_the_first_one()
    {
        var (_, login) = await NewRigAsync();
        var target = Difficulty.Of(2_048).ToTarget(Algorithm.Sha256dDemo);
        using var worker = await ConnectAsync();
        await ResultAsync(worker, "mining.suggest_target", $"[\"{target}\"]");
        await worker.SubscribeAsync();
        await worker.CallAsync("mining.authorize", $"{login}.one");
        await worker.NextJobAsync(after: 0);
        worker.Difficulty.ShouldBe(Difficulty.Of(2_048));
    }

    [Fact]
    public async Task A_suggestion_that_comes_later_holds_from_the_next_job_and_directly_before_it()
    {
        var (_, login) = await NewRigAsync(jobIntervalSeconds: 1);
        using var worker = await RawWorker.JoinAsync(world.StratumPort, $"{login}.one");
        await worker.SendAsync("""{"id":null,"method":"mining.suggest_difficulty","params":[777]}""" + "\n");
        string line;
        do
        {
            line = (await worker.TryReadLineAsync())!;
        }
        while (!line.Contains("set_difficulty", StringComparison.Ordinal));

        line.ShouldContain("[777]");
        (await worker.TryReadLineAsync())!.ShouldContain("mining.notify");
    }

    [Fact]
    public async Task Shares_of_several_names_on_one_connection_are_read_apart()
    {
        var (rigId, login) = await world.NewRigAsync(
            world.NewPool(new PoolSettings { CoinbaseText = "own" }), Hashrate.FromTerahashes(10));
        var renters = world.NewPool(new PoolSettings
        {
            CoinbaseText = "renters",
            Difficulty = Difficulty.Of(1_000),
            EasiestDifficulty = null,
            JobIntervalSeconds = 600,
        });
        using var worker = await RawWorker.JoinAsync(world.StratumPort, $"{login}.one");
        RawWorker.CodeOf(await worker.CallAsync("mining.authorize", $"{login}.two")).ShouldBe(0);
        var contractId = await world.RentAsync(
            rigId, Hashrate.FromTerahashes(1_000), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(15), renters);
        await worker.JobOfAsync("renters");

        var share = worker.Jobs[^1].Mine();
        (await worker.SubmitAsync(share)).ShouldBe(0);
        (await worker.SubmitAsync(worker.Jobs[^1].Mine(firstNonce: share.Nonce + 1), user: $"{login}.two")).ShouldBe(0);

        await Eventually.TrueAsync(
            () => world.Heard.ReadingsOf(contractId).Any(reading => reading.IsLast), ProxyWorld.Generous);
        world.Heard.ReadingsOf(contractId).SelectMany(reading => reading.Workers)
            .Select(reading => (reading.WorkerName, reading.AcceptedShares))
            .ShouldBe([($"{login}.one", 1), ($"{login}.two", 1)], ignoreOrder: true);
    }
}
