using Auth.Specs.Given;

namespace Auth.Specs.Hosts;

/// <summary>The rows that a sign-in with password and texted code writes: its cost follows them. The same figures stand in docs/performance.md.</summary>
public class RowsSpecs
{
    /// <summary>Written by the second or the minute, whoever signs in; or by readings, fewer the more events one round of them takes.</summary>
    private static readonly string[] NotOfASignIn =
    [
        "auth.limits", "auth.seals", "auth.mt_event_progression", "auth.mt_high_water_skips", "auth_bus.wolverine_node", "auth_bus.wolverine_control", "auth_bus.wolverine_agent",
        "auth.mt_doc_signinhistory", "auth.mt_doc_signintimeline", "auth.mt_doc_usermfastatus", "auth.mt_doc_mfaadoption", "auth.mt_doc_smsledger", "auth.mt_doc_auditmark",
        "auth.mt_doc_activesessions", "auth.mt_doc_users",
        "auth_bus.wolverine_incoming_envelopes update",                            // marks what was handled; more than once where a report was early
    ];

    [Fact]
    public async Task a_whole_sign_in_writes_these_rows_and_no_others()
    {
        await using var database = await SharedDatabase.Make();
        var host = await database.Host();
        var (warm, person) = (await Person.Make(host), await Person.Make(host));
        await Through(database, host, warm);
        await Handled(database);

        var rows = await RowsWritten.Begin(database.ConnectionString);
        await Through(database, host, person);
        await Handled(database);

        (await rows.With("sign_in.identified")).ShouldBe(["auth.mt_doc_client insert 1", "auth.mt_events insert 2", "auth.mt_streams insert 1"]);
        (await rows.With("sign_in.second_factor_prepared")).ShouldBe(
            ["auth.mt_doc_sends insert 2", "auth.mt_events insert 1", "auth.mt_streams update 1", "auth.text_counts update 3", "auth_bus.wolverine_incoming_envelopes insert 1"]);
        (await rows.With("sign_in.converted")).ShouldBe(["auth.mt_doc_client update 1", "auth.mt_doc_session insert 1", "auth.mt_events insert 2", "auth.mt_streams update 1"]);
        (await rows.With("sign_in.text_handed_over")).ShouldBe(["auth.mt_doc_handedover insert 1", "auth.mt_events insert 1", "auth.mt_streams update 1"]);
        (await rows.With("sign_in.text_delivered")).ShouldBe(["auth.mt_events insert 1", "auth.mt_streams update 1"]);
        (await rows.InAll()).Where(row => !NotOfASignIn.Any(row.StartsWith)).ShouldBe(
        [
            "auth.mt_doc_client insert 1", "auth.mt_doc_client update 1", "auth.mt_doc_fake_text insert 1", "auth.mt_doc_fake_text update 1", "auth.mt_doc_handedover insert 1",
            "auth.mt_doc_sends insert 2", "auth.mt_doc_session insert 1", "auth.mt_events insert 7", "auth.mt_streams insert 1", "auth.mt_streams update 4", "auth.text_counts update 3",
            "auth_bus.wolverine_incoming_envelopes insert 4",
        ]);
    }

    /// <summary>The code is offered after the text's report came, so that no step loses a race and writes twice.</summary>
    private static async Task Through(SharedDatabase database, HostProcess host, Person person)
    {
        var visit = new Visit(host, person);
        var code = await visit.UpToCode();
        await Eventually.Of(async () => (await database.Events(visit.SignIn)).ContainsKey("sign_in.text_delivered") ? "yes" : null);
        (await visit.Attempt(code)).Status.ShouldBe(200);
    }

    private static Task<string> Handled(SharedDatabase database) =>
        Eventually.Of(async () => await database.Count("select count(*) from auth_bus.wolverine_incoming_envelopes where status <> 'Handled'") == 0 ? "yes" : null);
}
