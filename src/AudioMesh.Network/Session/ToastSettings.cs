// SPDX-License-Identifier: MIT
using System.Net;
using AudioMesh.Network.Sockets;
using AudioMesh.Network.Wire;

namespace AudioMesh.Network.Session;

/// <summary>A <see cref="ToastHost"/> in words, as nodes and command lines ask for it: equal words mean the same host.</summary>
public sealed record ToastSettings
{
    /// <summary>The group on which members find each other where nobody chose another: it stays in one network.</summary>
    public const string DefaultGroup = "239.255.77.1:50505";

    /// <summary>The same where an IPv6 address is bound.</summary>
    public const string DefaultGroupIPv6 = "[ff12::4d:1]:50505";

    /// <summary>Who this is, to people.</summary>
    public string Name { get; init; } = "";

    /// <summary>The session's name, 1 to 64 bytes of UTF-8.</summary>
    public string Session { get; init; } = "";

    /// <summary>A file of 32 random bytes that all members have.</summary>
    public string KeyFile { get; init; } = "";

    /// <summary>A file whose first line is the passphrase that all members know. Instead of a key file.</summary>
    public string PassphraseFile { get; init; } = "";

    /// <summary>Where it is heard, as <c>ADDRESS:PORT</c>; <c>127.0.0.1:50505</c> where empty. Only an address beyond loopback lets it hear, and reach, other machines.</summary>
    public string Listen { get; init; } = "";

    /// <summary>Other members or a hub, as <c>HOST:PORT</c>, separated by commas.</summary>
    public string Contacts { get; init; } = "";

    /// <summary>A multicast group, as <c>ADDRESS:PORT</c>; empty for none.</summary>
    public string Group { get; init; } = "";

    /// <summary>
    /// Looks up hosts and reads the key, which takes a good part of a second where it is a passphrase. Throws InvalidArgument naming the field, NotFound for a host that is unknown,
    /// and for the key's file FileUnreadable, FileInvalid, PermissionDenied.
    /// </summary>
    public ToastHostOptions Read()
    {
        Require(Name.Length > 0, "name", "A member of a session needs a name.");
        Require(Session.Length > 0, "session", "The session needs a name.");
        IPEndPoint bind = Listen.Length == 0 ? new(IPAddress.Loopback, UdpPortOptions.DefaultPort) : HostPort.ParseNumeric(Listen, "listen");
        return new ToastHostOptions
        {
            Name = Name,
            Bind = bind,
            Contacts = [.. Contacts.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(contact => HostPort.Resolve(contact, "contacts", bind))],
            Group = Group.Length == 0 ? null : HostPort.ParseNumeric(Group, "group"),
            Key = ReadKey(),
        };
    }

    private SessionKey ReadKey()
    {
        Require(KeyFile.Length == 0 || PassphraseFile.Length == 0, "key_file", "A session has either a key file or a passphrase.");
        Require(KeyFile.Length > 0 || PassphraseFile.Length > 0, "key_file", "A session needs a key: a key file, or a file with a passphrase.");
        return KeyFile.Length > 0
            ? SessionKey.FromFile(KeyFile, Session)
            : SessionKey.FromPassphrase(PassphraseText.ReadFile(PassphraseFile), Session);
    }

    private static void Require(bool holds, string field, string text)
    {
        if (!holds)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, text) { Field = field };
        }
    }
}
