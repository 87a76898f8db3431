// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.Net;
using System.Net.Sockets;

namespace AudioMesh.Cli.Commands;

/// <summary>An address and a port, such as <c>127.0.0.1:5000</c>, <c>[::1]:5000</c> or <c>studio.local:5000</c>.</summary>
internal static class EndPointOption
{
    public static Option<string> Create(string name, string help, string unit) => new(name)
    {
        Description = help,
        HelpName = unit,
        Required = true,
    };

    /// <summary>Throws InvalidArgument where <paramref name="text"/> is none, and NotFound where the host has no address.</summary>
    public static IPEndPoint Resolve(string name, string text, int leastPort)
    {
        int colon = text.LastIndexOf(':');
        string host = colon > 0 ? text[..colon] : "";
        if (host.Length == 0 || (host.Contains(':') && !host.StartsWith('[')) || !ushort.TryParse(text[(colon + 1)..], out ushort port) || port < leastPort)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"{name} '{text}' is not an address and port, such as 127.0.0.1:5000.")
            {
                Field = name.TrimStart('-'),
                Allowed = $"HOST:PORT, a port of {leastPort}..65535",
            };
        }

        return new IPEndPoint(IPAddress.TryParse(host, out IPAddress? address) ? address : LookUp(name, host), port);
    }

    private static IPAddress LookUp(string name, string host)
    {
        try
        {
            return Dns.GetHostAddresses(host)[0];
        }
        catch (Exception error) when (error is SocketException or ArgumentException or IndexOutOfRangeException)
        {
            throw new AudioMeshException(AudioErrorKind.NotFound, $"{name}: no address for '{host}': {error.Message}.", error) { Field = name.TrimStart('-') };
        }
    }
}
