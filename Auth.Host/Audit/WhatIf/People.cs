using Auth.Domain.Users;
using Auth.Host.Audit.Recorded;
using JasperFx.Events;

namespace Auth.Host.Audit.WhatIf;

/// <summary>Persons as they stood before each step; what a step itself told of them, in the same commit, came after it.</summary>
internal sealed class People(Action<Guid, UserEvent> happened)
{
    private readonly Dictionary<Guid, User> _people = [];
    private readonly List<IEvent> _held = [];

    internal void Hold(IEvent e) => _held.Add(e);

    /// <summary>Everything up to a step has happened; also what its own commit told, where the person came into being with it.</summary>
    internal void UpTo(IEvent step, bool itself)
    {
        foreach (var e in _held.Where(e => itself || !step.IsOneCommitWith(e)).ToList())
        {
            _held.Remove(e);
            _people[e.StreamId] = User.Evolve(_people.GetValueOrDefault(e.StreamId) ?? User.Initial with { Id = e.StreamId }, (UserEvent)e.Data, e.Timestamp);
            happened(e.StreamId, (UserEvent)e.Data);
        }
    }

    internal User? Of(Guid? id) => id is { } user && _people.GetValueOrDefault(user) is { Erased: false } person ? person : null;
}
