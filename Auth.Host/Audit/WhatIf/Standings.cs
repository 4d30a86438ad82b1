using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Host.Clients;

namespace Auth.Host.Audit.WhatIf;

/// <summary>Failures in a row, counted again from events: as everywhere, known devices apart from strangers' (R18, R59).</summary>
internal sealed class Standings
{
    private readonly Dictionary<Guid, Dictionary<(Authenticator On, int? Lane), Standing>> _people = [];
    private readonly Dictionary<Guid, List<Guid>> _known = [];

    internal Standing Of(Guid user, Authenticator on, Guid client) =>
        _people.GetValueOrDefault(user)?.GetValueOrDefault((on, LaneOf(client, user))) ?? Standing.Clean;

    internal void Set(Guid user, Authenticator on, Guid client, Standing standing)
    {
        if (standing != Standing.Clean) (_people.TryGetValue(user, out var rows) ? rows : _people[user] = [])[(on, LaneOf(client, user))] = standing;
        else Forget(user, row => row == (on, LaneOf(client, user)));
    }

    /// <summary>What was proved is clean, on a known device for strangers too, and the client is a known device from then on.</summary>
    internal void Converted(Guid user, Guid client, IEnumerable<Authenticator> proved)
    {
        var lane = LaneOf(client, user);
        foreach (var on in proved) Forget(user, row => row.On == on && (row.Lane == lane || (row.Lane is null && !_people[user][row].Disabled)));
        var known = _known.TryGetValue(client, out var people) ? people : _known[client] = [];
        known.Remove(user);
        known.Add(user);
        if (known.Count > Client.MostKnown) known.RemoveAt(0);
    }

    /// <summary>What binds an authenticator anew ends its failures.</summary>
    internal void Happened(Guid user, UserEvent fact)
    {
        if (fact is UserErased) _people.Remove(user);
        else Forget(user, row => Binding.Renews(fact, row.On));
    }

    private int? LaneOf(Guid client, Guid user) => _known.GetValueOrDefault(client)?.Contains(user) is true ? Client.Lane(client) : null;

    private void Forget(Guid user, Func<(Authenticator On, int? Lane), bool> which)
    {
        if (!_people.TryGetValue(user, out var rows)) return;
        foreach (var row in rows.Keys.Where(which).ToList()) rows.Remove(row);
        if (rows.Count == 0) _people.Remove(user);
    }
}
