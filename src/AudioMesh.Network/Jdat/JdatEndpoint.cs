// SPDX-License-Identifier: MIT
using System.Net;

namespace AudioMesh.Network.Jdat;

/// <summary>Where JDAT comes from or goes to: <c>-</c>, <c>unix:PATH</c> or <c>udp:HOST:PORT</c>.</summary>
/// <param name="Kind">The way.</param>
/// <param name="Path">The socket's file; empty for the others.</param>
/// <param name="Address">To listen at or to send to; null for the others.</param>
public sealed record JdatEndpoint(JdatEndpointKind Kind, string Path, IPEndPoint? Address)
{
    private const string UnixPrefix = "unix:";
    private const string UdpPrefix = "udp:";

    /// <summary>Reads <paramref name="text"/>. A host is an IP address or <c>localhost</c>, and this machine's own unless <paramref name="allowsRemote"/>.</summary>
    /// <exception cref="AudioMeshException">InvalidArgument: it is none of these; PermissionDenied: another machine, and that is not allowed.</exception>
    public static JdatEndpoint Parse(string text, bool allowsRemote = false)
    {
        if (text == "-")
        {
            return new JdatEndpoint(JdatEndpointKind.Standard, "", null);
        }

        if (text.StartsWith(UnixPrefix, StringComparison.Ordinal) && text.Length > UnixPrefix.Length)
        {
            return new JdatEndpoint(JdatEndpointKind.Unix, text[UnixPrefix.Length..], null);
        }

        if (!text.StartsWith(UdpPrefix, StringComparison.Ordinal))
        {
            throw Wrong(text);
        }

        IPEndPoint address = AddressOf(text);
        return allowsRemote || IPAddress.IsLoopback(address.Address)
            ? new JdatEndpoint(JdatEndpointKind.Udp, "", address)
            : throw new AudioMeshException(
                AudioErrorKind.PermissionDenied, $"{text} is not this machine alone: JDAT has no key, so that has to be allowed.") { Allowed = "127.0.0.1, ::1, localhost" };
    }

    /// <inheritdoc/>
    public override string ToString() => Kind switch
    {
        JdatEndpointKind.Standard => "-",
        JdatEndpointKind.Unix => $"{UnixPrefix}{Path}",
        _ => $"{UdpPrefix}{Address}",
    };

    private static IPEndPoint AddressOf(string text)
    {
        string address = text[UdpPrefix.Length..];
        address = address.StartsWith("localhost:", StringComparison.Ordinal) ? $"{IPAddress.Loopback}{address["localhost".Length..]}" : address;
        bool hasPort = address.LastIndexOf(':') > address.LastIndexOf(']') && (address.StartsWith('[') || address.Count(c => c == ':') == 1);
        return hasPort && IPEndPoint.TryParse(address, out IPEndPoint? endPoint) && endPoint.Port > 0 ? endPoint : throw Wrong(text);
    }

    private static AudioMeshException Wrong(string text) =>
        new(AudioErrorKind.InvalidArgument, $"'{text}' is no place for JDAT: -, unix:PATH or udp:HOST:PORT.") { Allowed = "-, unix:PATH, udp:HOST:PORT" };
}
