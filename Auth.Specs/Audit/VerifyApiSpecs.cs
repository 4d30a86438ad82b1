using Auth.Domain.Audits;
using Auth.Host.Audit.Proving;
using Auth.Specs.Given;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Auth.Specs.Audit;

/// <summary><c>GET /v1/audit/verify</c>: what the command finds, of the instance whose key came along (R76, R77, R86).</summary>
public class VerifyApiSpecs(VerifiedHost verified) : IClassFixture<VerifiedHost>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task a_whole_history_is_told_as_the_command_tells_it_and_on_the_trail()
    {
        await verified.Settled();

        var reply = await verified.Verify();

        (reply.Status, (bool)reply.Json["whole"]!).ShouldBe((200, true), reply.Text);
        (await new Auditing(verified.Host).Trail())[^1].ShouldBeOfType<HistoryVerified>().ShouldSatisfyAllConditions(
            told => told.Events.ShouldBe((long)reply.Json["events"]!), told => (told.Of, told.Findings, told.NotChecked).ShouldBe((null, 0, 0)));
        var command = (await new Auditor(verified.Host).Ask("verify", "--json")).Json.AsObject();
        command.Select(member => member.Key).ShouldBe(reply.Json.AsObject().Select(member => member.Key));
    }

    [Fact]
    public async Task one_stream_can_be_asked_for()
    {
        var person = await Person.Make(verified.Host);
        await verified.Settled();

        (await verified.Verify($"?id={person.UserId}")).Json["whole"]!.GetValue<bool>().ShouldBeTrue();
        (await verified.Verify("?id=user_01m86jqc01epdv13njyn73g0nx")).Status.ShouldBe(404);
        (await verified.Verify("?id=everything")).ShouldBe(422, "form_param_value_invalid");
    }

    [Fact]
    public async Task of_another_instance_nothing_is_told()
    {
        await verified.Owner("insert into auth.mt_streams (tenant_id, id, type, version) values ('shop', '00000000-0000-7000-8000-000000000099', 'sign_in', 3)");

        var (ours, theirs) = (await verified.Verify(), await verified.Verify(host: "shop.localhost", key: VerifiedHost.OthersKey));

        ours.Json["findings"]!.AsArray().ShouldBeEmpty();
        theirs.Json["findings"]![0]!["flaw"]!.ToString().ShouldBe("stream", theirs.Text);
        (await verified.Verify(key: VerifiedHost.OthersKey)).Status.ShouldBe(401);
        await verified.Owner("delete from auth.mt_streams where tenant_id = 'shop' and version = 3");
    }

    [Fact]
    public async Task whoever_asks_while_another_one_is_under_way_comes_again()
    {
        var (begun, free) = (new TaskCompletionSource(), new TaskCompletionSource());
        var other = verified.Host.Alba.Services.GetRequiredService<HostVerifying>().LookAlone(async _ =>
        {
            begun.SetResult();
            await free.Task;
            return 0;
        }, Ct);
        await begun.Task.WaitAsync(Ct);

        var reply = await verified.Verify();
        free.SetResult();
        await other;

        reply.ShouldBe(429, "too_many_requests");
    }

    [Fact]
    public async Task it_ends_when_whoever_asked_goes_away()
    {
        await using var owner = new NpgsqlConnection(verified.Host.ConnectionString);
        await owner.OpenAsync(Ct);
        await using var held = await owner.BeginTransactionAsync(Ct);
        await using (var hold = new NpgsqlCommand("lock table auth.seals in access exclusive mode", owner)) await hold.ExecuteNonQueryAsync(Ct);
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var request = new HttpRequestMessage(HttpMethod.Get, "/v1/audit/verify");
        request.Headers.Authorization = new("Bearer", RunningHost.AuditKey);
        var asked = verified.Host.Connect().SendAsync(request, leaving.Token);
        await Waiting(1);

        await leaving.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => asked);
        await Waiting(0);
    }

    // Those of a verification, whose transaction cannot write.
    private Task<string> Waiting(long many) => Eventually.Of(async () =>
        await verified.Number("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like 'select tenant_id from auth.mt_streams%'") == many ? "so many" : null);
}
