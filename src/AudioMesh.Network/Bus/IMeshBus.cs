// SPDX-License-Identifier: MIT
using AudioMesh.Network.Time;

namespace AudioMesh.Network.Bus;

/// <summary>
/// Messages and shared tables among the hosts of a mesh, the same over a network without a server and over NATS. Any thread, but no device's.
/// Handlers are called one after the other, on the bus' own thread: they do not wait.
/// </summary>
/// <remarks>
/// Subjects and keys are tokens of letters, digits, '_', '-', '=' and '/', joined by '.': <see cref="BusSubject"/>. Whatever is above a limit of <see cref="BusLimits"/> throws InvalidArgument or
/// LimitExceeded; a bus whose name another host has throws DeviceBusy, a closed one ObjectDisposedException.
/// </remarks>
public interface IMeshBus : IDisposable
{
    /// <summary>This host's name on the mesh, and of nobody else.</summary>
    string Name { get; }

    /// <summary>Whether messages leave now. False while no server is reachable, and for good where <see cref="Failure"/> says why.</summary>
    bool IsConnected { get; }

    /// <summary>Why this host is not part of the mesh, such as another one of its name; null where it is.</summary>
    AudioMeshException? Failure { get; }

    /// <summary>Mesh time, which this host shares with all others on the bus.</summary>
    MeshTimebase Timebase { get; }

    /// <summary>The other hosts that are there, by name.</summary>
    IReadOnlyList<BusPeer> Peers { get; }

    /// <summary>What the bus did so far.</summary>
    BusStatistics Statistics { get; }

    /// <summary>
    /// Sends to all who have subscribed, this host included: at most once, in the order of this host's calls. What is lost on the way is sent again while its receiver is there.
    /// </summary>
    void Publish(string subject, ReadOnlySpan<byte> payload);

    /// <summary>Calls <paramref name="handler"/> for each message of a subject until disposed. In a pattern '*' is any one token and a last '>' all that follow.</summary>
    IDisposable Subscribe(string pattern, BusHandler handler);

    /// <summary>
    /// Asks whoever serves the subject, this host included, and tells <paramref name="taken"/> the first answer, or that there is none, exactly once. Never before this returns.
    /// </summary>
    void Request(string subject, ReadOnlySpan<byte> payload, int timeoutMs, BusAnswerHandler taken);

    /// <summary>Answers requests for a subject or pattern until disposed. What <paramref name="answer"/> throws as AudioMeshException is thrown at who asked.</summary>
    IDisposable Serve(string pattern, BusAnswerer answer);

    /// <summary>The table of that name, one token, which all hosts share.</summary>
    IBusTable Table(string name);
}
