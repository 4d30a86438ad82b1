using Auth.Domain.Instances;
using Auth.Domain.Notices;
using Auth.Domain.SignIns;
using Auth.Domain.SignUps;
using Auth.Domain.Users;
using Auth.Domain.Verifications;
using Auth.Host.Audit.Recorded;
using Auth.Host.Audit.Telling;
using Auth.Projections;
using JasperFx.Events;

namespace Auth.Host.Audit.WhatIf;

/// <summary>
/// Other settings tried on the past: everything that was asked is asked again, at the same instant and with proofs as right or wrong as they were, under the settings of then and under
/// the candidate. What nobody did is not made up. Nothing is written.
/// </summary>
public sealed class Trial
{
    private const string Types = "sign_in.*,user.*,verification.*,sign_up.*,notice.*";
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(31);

    private readonly Dictionary<Guid, Course> _courses = [];
    private readonly Dictionary<Guid, Guid?> _verifications = [];
    private readonly HashSet<long> _taken = [];
    private readonly TrialQuestion _question;
    private readonly World _recorded, _supposed;
    private readonly People _people;
    private readonly SettingsThen _then;

    private Trial(TrialQuestion question, SettingsThen settings, string? home)
    {
        _question = question;
        _then = settings;
        (_recorded, _supposed) = (new(then => settings.Of(then), home), new(e => e.Timestamp < question.Since ? settings.Of(e) : question.Candidate.OnThePast, home));
        _people = new((user, fact) =>
        {
            _recorded.Happened(user, fact);
            _supposed.Happened(user, fact);
        });
        Report = new(question);
    }

    private TrialReport Report { get; }

    /// <summary>Runs it, in one pass over the history from its beginning: failures and texts before the window count in it.</summary>
    /// <param name="home">The operator's own country.</param>
    /// <param name="read">Told how far it is, and how far it goes.</param>
    public static async Task<TrialReport> Run(AuditDesk desk, TrialQuestion question, string? home, Action<long, long> read, CancellationToken ct)
    {
        await using var reader = await desk.Reader(ct);
        var trial = new Trial(question, await reader.SettingsThen(ct), home);
        var (search, ahead) = (desk.Search(), new List<IEvent>());
        var upTo = await search.Settled(ct);
        await foreach (var page in search.Pages(new() { Types = Types, Until = question.Until + Longest }, 0, upTo, ct))
        {
            ahead.AddRange(page.Events);
            trial.Take(ahead, whole: false);
            read(page.Cursor, upTo);
        }

        trial.Take(ahead, whole: true);
        foreach (var signIn in trial._courses.Keys.ToList()) trial.End(signIn);
        return trial.Report.Ended(upTo);
    }

    // The events of one commit stand close together: a step is taken once enough behind it was read.
    private void Take(List<IEvent> ahead, bool whole)
    {
        const int Apart = 200;
        var done = 0;
        for (; done < ahead.Count - (whole ? 0 : Apart); done++)
        {
            var e = ahead[done];
            if (_taken.Remove(e.Sequence)) continue;
            if (e.Data is not SignInEvent || RecordedStep.IsAside(e.Data)) Aside(e);
            else if (e.Data is Identified || (_courses.ContainsKey(e.StreamId) && _recorded.Of(e.StreamId) is SignIn.Open))
            {
                var step = new RecordedStep(_recorded.Of(e.StreamId), [e]);
                foreach (var next in ahead.Skip(done + 1).Take(Apart).Where(next => next.StreamId == e.StreamId).TakeWhile(next => step.Takes(next)))
                {
                    step = step with { Events = [.. step.Events, next] };
                    _taken.Add(next.Sequence);
                }

                Step(step);
            }
        }

        ahead.RemoveRange(0, done);
    }

    private void Step(RecordedStep step)
    {
        var e = step.First;
        if (e.Data is Identified begun) _courses[e.StreamId] = new(e.StreamId, begun, e.Timestamp, _question.Takes(e.Timestamp));
        var course = _courses[e.StreamId];
        course.Name(step.Facts.OfType<FirstFactorVerified>().FirstOrDefault()?.User);
        var command = step.Command();
        _people.UpTo(e, itself: command is BeginProved);
        var moment = Moment.Of(course.Client, _people.Of(course.User), step, command, _then.Of(e));

        var hints = moment.Hints(_recorded.CountryOf, _recorded.On(moment));
        // That the address block was full is known by a refusal that nothing else explains; it would have been full under other settings too.
        if (!_recorded.Limits(moment, hints)) hints = hints with { BlockedUntil = moment.LimitedUntil };
        Decide(course, moment, hints);
        if (_recorded.Of(e.StreamId) is not SignIn.Open) End(e.StreamId);
    }

    private void Decide(Course course, Moment moment, TextHints hints)
    {
        try
        {
            var supposed = course.IsStranger ? Decision.Accept([.. moment.Step.Facts]) : _supposed.Decide(moment, hints);
            var recorded = course.IsStranger ? supposed : _recorded.Decide(moment, hints);
            course.Step(moment, recorded, supposed);
            var instead = supposed is null ? null : _supposed.Take(moment, supposed.Events, hints);
            if (course.Counted) Report.Step(moment, supposed, instead);
        }
        catch (InvalidOperationException)
        {
            // No such request can come to such a sign-in: somebody else's rules recorded it.
            course.Unlike();
        }

        var told = _recorded.Take(moment, moment.Step.Facts, hints);
        if (course.Counted) Report.Texted(told);
    }

    private void End(Guid signIn)
    {
        if (!_courses.Remove(signIn, out var course)) return;
        if (course.Counted) Report.Case(course.End(_recorded.Of(signIn), _supposed.Of(signIn)));
        _recorded.Close(signIn);
        _supposed.Close(signIn);
    }

    private void Aside(IEvent e)
    {
        if (e.Data is UserEvent) _people.Hold(e);
        else if (e.Data is Superseded superseded)
        {
            foreach (var world in Worlds) world.Aside(e.StreamId, superseded);
            if (_recorded.Of(e.StreamId) is SignIn.Ended) End(e.StreamId);
        }
        else if (e.Data is VerificationBegun begun) _verifications[e.StreamId] = begun.User;
        else if (e.Data is NoticeTexted { Country: { } to }) foreach (var world in Worlds) world.Texted(null, null, to, e.Timestamp);
        else if (e.Data is VerificationPrepared or SignUpCodePrepared && AskedText.Of(e.Data) is { } text)
            foreach (var world in Worlds) world.Texted(text.To, _verifications.GetValueOrDefault(e.StreamId), text.Country, e.Timestamp);
    }

    private World[] Worlds => [_recorded, _supposed];
}
