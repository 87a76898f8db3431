// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using AudioMesh.Network.Sockets;

namespace AudioMesh.Network.Session;

/// <summary>Reads <c>HOST:PORT</c>; an IPv6 address with a port stands in brackets, and without a port it is TOAST's.</summary>
internal static class HostPort
{
    /// <summary>An address of digits. Throws InvalidArgument.</summary>
    internal static IPEndPoint ParseNumeric(string text, string field)
    {
        (string host, int port) = Split(text, field);
        return IPAddress.TryParse(host, out IPAddress? address)
            ? new IPEndPoint(address, port)
            : throw Invalid(text, field, "an address as 192.168.1.7:50505 or [fe80::1%2]:50505");
    }

    /// <summary>An address or a host's name, as <paramref name="from"/> can reach it. Throws InvalidArgument, and NotFound for a host that is unknown.</summary>
    internal static IPEndPoint Resolve(string text, string field, IPEndPoint from)
    {
        (string host, int port) = Split(text, field);
        if (port == 0)
        {
            throw Invalid(text, field, "a port of 1..65535");
        }

        if (IPAddress.TryParse(host, out IPAddress? address))
        {
            return new IPEndPoint(address, port);
        }

        bool hearsBoth = from.Address.Equals(IPAddress.IPv6Any);
        try
        {
            IPAddress? found = Dns.GetHostAddresses(host).FirstOrDefault(candidate => hearsBoth || candidate.AddressFamily == from.AddressFamily);
            return found is not null
                ? new IPEndPoint(found, port)
                : throw new AudioMeshException(AudioErrorKind.NotFound, $"'{host}' has no address that can be reached from {from}.") { Field = field };
        }
        catch (SocketException e)
        {
            throw new AudioMeshException(AudioErrorKind.NotFound, $"The host '{host}' is not known: {e.Message}.", e) { Field = field };
        }
    }

    private static (string Host, int Port) Split(string text, string field)
    {
        int colon = text.LastIndexOf(':');
        bool isBareIPv6 = colon >= 0 && text.IndexOf(':') != colon && !text.Contains(']', StringComparison.Ordinal);
        bool hasPort = colon >= 0 && !isBareIPv6 && !text.EndsWith(']');
        string host = (hasPort ? text[..colon] : text).Trim('[', ']');
        int port = UdpPortOptions.DefaultPort;
        bool isPort = !hasPort || (int.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out port) && port <= ushort.MaxValue);
        return host.Length > 0 && isPort ? (host, port) : throw Invalid(text, field, "HOST:PORT, with a port of 0..65535");
    }

    private static AudioMeshException Invalid(string text, string field, string allowed) =>
        new(AudioErrorKind.InvalidArgument, $"{field} '{text}' is not {allowed}.") { Field = field, Allowed = allowed };
}
