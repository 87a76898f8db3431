// SPDX-License-Identifier: MIT
using System.Net;
using System.Runtime.Versioning;
using AudioMesh.Network.Session;
using AudioMesh.Testing;

namespace AudioMesh.Network.Tests.Sessions;

[UnsupportedOSPlatform("windows")]
public sealed class ToastSettingsTests
{
    [TestCase("127.0.0.1:4000", "127.0.0.1:4000")]
    [TestCase("127.0.0.1", "127.0.0.1:50505")]
    [TestCase("[::1]:4000", "[::1]:4000")]
    [TestCase("::1", "[::1]:50505")]
    [TestCase("[::]", "[::]:50505")]
    [TestCase("", "127.0.0.1:50505")]
    public void An_address_is_read_with_its_port_or_without(string listen, string expected)
    {
        using TemporaryFolder folder = new();
        Assert.That(Sound(folder) with { Listen = listen }, Has.Property("Listen").EqualTo(listen));
        Assert.That((Sound(folder) with { Listen = listen }).Read().Bind, Is.EqualTo(IPEndPoint.Parse(expected)));
    }

    [TestCase("listen", "localhost:x")]
    [TestCase("listen", "nonsense")]
    [TestCase("listen", "127.0.0.1:70000")]
    [TestCase("listen", ":4000")]
    [TestCase("contacts", "127.0.0.1:0")]
    [TestCase("contacts", "127.0.0.1:4000,:")]
    [TestCase("group", "here")]
    [TestCase("session", "")]
    [TestCase("name", "")]
    [TestCase("key_file", "")]
    public void What_makes_no_sense_is_named(string field, string value)
    {
        using TemporaryFolder folder = new();
        ToastSettings settings = field switch
        {
            "listen" => Sound(folder) with { Listen = value },
            "contacts" => Sound(folder) with { Contacts = value },
            "group" => Sound(folder) with { Group = value },
            "session" => Sound(folder) with { Session = value },
            "key_file" => Sound(folder) with { KeyFile = value },
            _ => Sound(folder) with { Name = value },
        };
        AudioMeshException? error = Assert.Throws<AudioMeshException>(() => settings.Read());
        Assert.That((error!.Kind, error.Field), Is.EqualTo((AudioErrorKind.InvalidArgument, field)));
    }

    [Test]
    public void Contacts_are_looked_up_for_the_version_of_ip_that_is_bound()
    {
        using TemporaryFolder folder = new();
        ToastHostOptions options = (Sound(folder) with { Contacts = "localhost:4000, 127.0.0.2" }).Read();
        Assert.That(options.Contacts, Is.EqualTo(new[] { IPEndPoint.Parse("127.0.0.1:4000"), IPEndPoint.Parse("127.0.0.2:50505") }));
    }

    [Test]
    public void A_key_file_that_is_missing_open_or_too_short_is_refused_each_by_its_name()
    {
        using TemporaryFolder folder = new();
        Assert.That(KindOf(Sound(folder) with { KeyFile = folder.PathOf("none") }), Is.EqualTo(AudioErrorKind.FileUnreadable));
        string shorter = folder.PathOf("short");
        File.WriteAllBytes(shorter, new byte[31]);
        File.SetUnixFileMode(shorter, UnixFileMode.UserRead);
        Assert.That(KindOf(Sound(folder) with { KeyFile = shorter }), Is.EqualTo(AudioErrorKind.FileInvalid));
        ToastSettings open = Sound(folder);
        File.SetUnixFileMode(open.KeyFile, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        Assert.That(KindOf(open), Is.EqualTo(AudioErrorKind.PermissionDenied));
    }

    [Test]
    public void A_passphrase_is_the_first_line_of_a_file_that_only_its_owner_reads()
    {
        using TemporaryFolder folder = new();
        string path = folder.PathOf("passphrase");
        ToastSettings settings = Sound(folder) with { KeyFile = "", PassphraseFile = path };
        Assert.That(KindOf(settings), Is.EqualTo(AudioErrorKind.FileUnreadable));
        File.WriteAllText(path, "\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.That(KindOf(settings), Is.EqualTo(AudioErrorKind.FileInvalid));
        File.WriteAllText(path, "correct horse\nsecond line");
        uint tag = settings.Read().Key.Tag;
        File.WriteAllText(path, "correct horse\r\n");
        Assert.That(settings.Read().Key.Tag, Is.EqualTo(tag));
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        Assert.That(KindOf(settings), Is.EqualTo(AudioErrorKind.PermissionDenied));
    }

    [Test]
    public void Equal_settings_share_a_host_until_the_last_has_left()
    {
        using TemporaryFolder folder = new();
        using ToastHosts hosts = new();
        ToastSettings settings = Sound(folder) with { Listen = "127.0.0.1:0" };
        ToastMembership first = hosts.Join(settings);
        ToastMembership second = hosts.Join(settings with { });
        Assert.That(second.Host, Is.SameAs(first.Host));
        string address = first.Host.Port.LocalAddress.ToString();
        ToastSettings same = settings with { Listen = address };
        first.Dispose();
        first.Dispose();
        Assert.That(() => hosts.Join(same), Throws.TypeOf<AudioMeshException>(), "It is still open.");
        second.Dispose();
        using ToastMembership third = hosts.Join(same);
        Assert.That(third.Host.Port.LocalAddress.ToString(), Is.EqualTo(address));
    }

    private static AudioErrorKind KindOf(ToastSettings settings) => Assert.Throws<AudioMeshException>(() => settings.Read())!.Kind;

    private static ToastSettings Sound(TemporaryFolder folder) => new() { Name = "me", Session = "jam", KeyFile = KeyFiles.Write(folder) };
}
