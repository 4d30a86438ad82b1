using Auth.Domain.Users;
using Auth.Host.Witnesses;
using Auth.Projections.Proof;
using Auth.Specs.Given;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Auth.Specs.Http;

/// <summary>That somebody was erased is said under our signature, by what is there and not by what was meant (R70).</summary>
public class ErasureCertificateSpecs(RunningHost host)
{
    [Fact]
    public async Task who_erases_somebody_gets_a_signed_certificate()
    {
        var person = await Person.Make(host);
        await new Visit(host, person).Through();

        var erased = await Operator.Post($"/v1/users/{person.UserId}/erase", new { });
        erased.Status.ShouldBe(200, erased.Text);
        ((string)erased.Json["object"]!, (string)erased.Json["user_id"]!, (bool)erased.Json["key_destroyed"]!, (long)erased.Json["rows_left"]!).ShouldBe(("erasure_certificate", person.UserId, true, 0));

        var note = SignedNote.Parse((string)erased.Json["certificate"]!).ShouldNotBeNull();
        var keys = await host.Alba.Services.GetRequiredService<CheckpointKeys>().Of("default", null, TestContext.Current.CancellationToken);
        keys.Vouch(note).ShouldBeTrue();
        keys.Vouch(note with { Text = note.Text.Replace("0 rows", "1 rows", StringComparison.Ordinal) }).ShouldBeFalse();
        note.Text.ShouldContain(person.UserId);
        note.Text.ShouldContain("their key is destroyed\n0 rows of theirs are left\n");
        Checkpoint.Parse(note.Text).ShouldBeNull("nobody takes it for a checkpoint");
        (await Operator.Post($"/v1/users/{person.UserId}/erase", new { })).ShouldBe(404, "resource_not_found");
    }

    [Fact]
    public async Task it_is_looked_up_anew_each_time()
    {
        var person = await Person.Make(host);
        (await Operator.Get($"/v1/users/{person.UserId}/erasure")).ShouldBe(404, "resource_not_found");
        await Operator.Delete($"/v1/users/{person.UserId}");

        await Sql("insert into auth.mt_doc_passwordcredential (tenant_id, id, data) values ('default', $1, '{}')", person.Id);
        (Rows(await Operator.Get($"/v1/users/{person.UserId}/erasure"))).ShouldBe(1);
        await Sql("delete from auth.mt_doc_passwordcredential where tenant_id = 'default' and id = $1", person.Id);
        (Rows(await Operator.Get($"/v1/users/{person.UserId}/erasure"))).ShouldBe(0);

        static long Rows(Reply reply) => (long)reply.Json["rows_left"]!;
    }

    private Operator Operator => new(host);

    private async Task Sql(string sql, Guid user)
    {
        await using var source = NpgsqlDataSource.Create(host.ConnectionString);
        await using var command = source.CreateCommand(sql);
        command.Parameters.Add(new() { Value = user });
        (await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken)).ShouldBe(1);
    }
}
