// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Net;

namespace AudioMesh.Latency.Starts;

/// <summary>What the process of one agent is told.</summary>
/// <param name="Name">The host's name on the mesh.</param>
/// <param name="Listen">Where it is heard.</param>
/// <param name="Contacts">Where the others are.</param>
/// <param name="KeyFile">The session's key.</param>
/// <param name="Server">The JACK server.</param>
/// <param name="Clock">The clock that the host is to have.</param>
internal sealed record AgentPlace(string Name, IPEndPoint Listen, IReadOnlyList<IPEndPoint> Contacts, string KeyFile, string Server, SimulatedClock Clock)
{
    /// <summary>The words that <see cref="Read"/> reads.</summary>
    public string[] Words =>
    [
        Name, $"{Listen}", string.Join(',', Contacts), KeyFile, Server,
        Clock.OffsetNs.ToString(CultureInfo.InvariantCulture), Clock.Ppm.ToString("R", CultureInfo.InvariantCulture), Clock.Origin.ToString(CultureInfo.InvariantCulture),
    ];

    public static AgentPlace Read(string[] words)
    {
        SimulatedClock clock = new(
            long.Parse(words[5], CultureInfo.InvariantCulture), double.Parse(words[6], CultureInfo.InvariantCulture), long.Parse(words[7], CultureInfo.InvariantCulture));
        IPEndPoint[] contacts = [.. words[2].Split(',', StringSplitOptions.RemoveEmptyEntries).Select(IPEndPoint.Parse)];
        return new AgentPlace(words[0], IPEndPoint.Parse(words[1]), contacts, words[3], words[4], clock);
    }
}
