using JasperFx.Events.Projections;
using Marten;

namespace Auth.Projections;

/// <summary>Everything that is read from events, and the names the events are stored under.</summary>
public static class Readings
{
    /// <summary>How the store calls the progress of each reading that follows behind.</summary>
    public static readonly string[] Shards = [$"{nameof(SignInHistory)}:All", $"{nameof(SignInTimeline)}:All", $"{nameof(UserMfaStatus)}:All", $"{nameof(ActiveSessions)}:All", $"{UserOverview.Reading}:All", $"{nameof(MfaAdoption)}:All", $"{nameof(SmsLedger)}:All", $"{nameof(AuditMark)}:All"];

    /// <summary>Only the person's snapshot is kept in the transaction of its events: decisions read it. The rest follows within a moment.</summary>
    /// <param name="marks">Whoever has the keys to what is sealed; only the host has.</param>
    public static void Register(StoreOptions options, IPersonalMarks? marks = null)
    {
        EventNames.Register(options.Events);

        options.Projections.Add<SignInFold>(ProjectionLifecycle.Live);
        options.Projections.Add<VerificationFold>(ProjectionLifecycle.Live);
        options.Projections.Add<SignUpFold>(ProjectionLifecycle.Live);
        options.Projections.Add<TicketFold>(ProjectionLifecycle.Live);
        options.Projections.Add<InstanceFold>(ProjectionLifecycle.Live);
        options.Projections.Add<UserFold>(ProjectionLifecycle.Inline);
        options.Projections.Add<SignInHistoryProjection>(ProjectionLifecycle.Async);
        options.Projections.Add<SignInTimelineProjection>(ProjectionLifecycle.Async);
        options.Projections.Add<UserMfaStatusProjection>(ProjectionLifecycle.Async);
        options.Projections.Add<ActiveSessionsProjection>(ProjectionLifecycle.Async);
        options.Projections.Add<UsersProjection>(ProjectionLifecycle.Async);
        options.Projections.Add<MfaAdoptionProjection>(ProjectionLifecycle.Async);
        options.Projections.Add<SmsLedgerProjection>(ProjectionLifecycle.Async);
        options.Projections.Add(new AuditMarksProjection(marks), ProjectionLifecycle.Async);

        options.Schema.For<Domain.Users.User>().MultiTenanted().Index(user => user.Version, waiting =>
        {
            waiting.Name = "mt_doc_user_idx_recovery";
            waiting.Predicate = "(data ->> 'recovery') is not null";
        });
        options.Schema.For<SignInHistory>().MultiTenanted().Duplicate(row => row.User!).Duplicate(row => row.StartedAt)
            .Index(row => row.EndsAt, open => open.Predicate = "(data ->> 'outcome') = 'Open'");
        options.Schema.For<SignInTimeline>().MultiTenanted();
        options.Schema.For<UserMfaStatus>().MultiTenanted();
        options.Schema.For<ActiveSessions>().MultiTenanted();
        options.Schema.For<MfaAdoption>().MultiTenanted();
        options.Schema.For<SmsLedger>().MultiTenanted();
        options.Schema.For<AuditMark>().MultiTenanted().Duplicate(row => row.Value, notNull: true).Duplicate(row => row.Key!).Duplicate(row => row.Stream, notNull: true);
        options.Schema.For<UserOverview>().MultiTenanted().DocumentAlias("users");
    }
}
