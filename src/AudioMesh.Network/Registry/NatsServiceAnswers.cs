// SPDX-License-Identifier: MIT
using System.Globalization;
using AudioMesh.Network.Bus;

namespace AudioMesh.Network.Registry;

/// <summary>
/// Answers NATS' services API (ADR-32 of nats-architecture-and-design) for what this host offers, so that its tools find the services of a mesh: <c>$SRV.PING</c>, <c>$SRV.INFO</c> and
/// <c>$SRV.STATS</c>, of all, of a name, or of one instance. A service's type is their name of it.
/// </summary>
internal sealed class NatsServiceAnswers : IDisposable
{
    private const string Prefix = "$SRV";
    private readonly NatsBus _bus;
    private readonly Func<IReadOnlyList<RegisteredService>> _own;
    private readonly List<IDisposable> _served = [];

    /// <summary>Answers for what <paramref name="own"/> gives. Throws what subscribing throws.</summary>
    public NatsServiceAnswers(NatsBus bus, Func<IReadOnlyList<RegisteredService>> own)
    {
        (_bus, _own) = (bus, own);
        foreach (string verb in (string[])["PING", "INFO", "STATS"])
        {
            _served.Add(bus.ServeForeign($"{Prefix}.{verb}", Answers));
            _served.Add(bus.ServeForeign($"{Prefix}.{verb}.>", Answers));
        }
    }

    public void Dispose() => _served.ForEach(served => served.Dispose());

    /// <summary>The API's names have fewer characters than types.</summary>
    internal static string NameOf(RegisteredService service) => service.Announcement.Type.Replace('=', '-').Replace('/', '-');

    private IEnumerable<byte[]> Answers(string subject)
    {
        string[] tokens = subject.Split('.');
        if (tokens.Length > 4)
        {
            return [];
        }

        IEnumerable<RegisteredService> asked = _own().Where(service => (tokens.Length < 3 || NameOf(service) == tokens[2]) && (tokens.Length < 4 || service.Id == tokens[3]));
        return [.. asked.Select(service => NatsServiceJson.Write(tokens[1].ToLower(CultureInfo.InvariantCulture), service, _bus))];
    }
}
