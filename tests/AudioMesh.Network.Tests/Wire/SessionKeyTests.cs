// SPDX-License-Identifier: MIT
using System.Runtime.Versioning;
using AudioMesh.Network.Wire;
using AudioMesh.Testing;

namespace AudioMesh.Network.Tests.Wire;

[UnsupportedOSPlatform("windows")]
public sealed class SessionKeyTests
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    [Test]
    public void Two_who_know_the_passphrase_understand_each_other()
    {
        SessionKey key = SessionKey.FromPassphrase("correct horse", "band");
        Assert.That(SessionKey.FromPassphrase("correct horse", "band").Tag, Is.EqualTo(key.Tag));
        Assert.That(SessionKey.FromPassphrase("correct hors", "band").Tag, Is.Not.EqualTo(key.Tag));
        Assert.That(SessionKey.FromPassphrase("correct horse", "bond").Tag, Is.Not.EqualTo(key.Tag));
        Assert.That(SessionKey.PassphraseRounds, Is.GreaterThanOrEqualTo(600_000));
    }

    [Test]
    public void A_key_file_is_a_secret_of_32_bytes()
    {
        using TemporaryFolder folder = new();
        byte[] secret = TestSession.Random(32, 1);
        string path = KeyFile(folder, secret, Owner);
        Assert.That(SessionKey.FromFile(path, "band").Tag, Is.EqualTo(SessionKey.FromSecret(secret, "band").Tag));
        Assert.That(SessionKey.FromFile(path, "bond").Tag, Is.Not.EqualTo(SessionKey.FromSecret(secret, "band").Tag));
    }

    [TestCase(UnixFileMode.GroupRead)]
    [TestCase(UnixFileMode.OtherRead)]
    [TestCase(UnixFileMode.OtherWrite)]
    public void A_key_file_that_others_may_use_is_refused(UnixFileMode others)
    {
        using TemporaryFolder folder = new();
        string path = KeyFile(folder, TestSession.Random(32, 1), Owner | others);
        Assert.That(() => SessionKey.FromFile(path, "band"), Refused(AudioErrorKind.PermissionDenied, path));
    }

    [TestCase(0)]
    [TestCase(31)]
    [TestCase(33)]
    [TestCase(5000)]
    public void A_key_file_of_another_length_is_refused(int bytes)
    {
        using TemporaryFolder folder = new();
        string path = KeyFile(folder, new byte[bytes], Owner);
        Assert.That(() => SessionKey.FromFile(path, "band"), Refused(AudioErrorKind.FileInvalid, path));
    }

    [Test]
    public void A_key_file_that_is_not_there_is_named() =>
        Assert.That(() => SessionKey.FromFile("/nowhere/key", "band"), Refused(AudioErrorKind.FileUnreadable, "/nowhere/key"));

    [TestCase("", "band")]
    [TestCase("secret", "")]
    [TestCase("secret", "a name of a session that has more bytes than a name of a session may")]
    public void Empty_words_and_long_names_are_refused(string passphrase, string name) =>
        Assert.That(() => SessionKey.FromPassphrase(passphrase, name), Refused(AudioErrorKind.InvalidArgument, ""));

    private static string KeyFile(TemporaryFolder folder, byte[] bytes, UnixFileMode mode)
    {
        string path = folder.PathOf("key");
        File.WriteAllBytes(path, bytes);
        File.SetUnixFileMode(path, mode);
        return path;
    }

    private static NUnit.Framework.Constraints.IResolveConstraint Refused(AudioErrorKind kind, string name) =>
        Throws.TypeOf<AudioMeshException>().With.Property(nameof(AudioMeshException.Kind)).EqualTo(kind).And.Message.Contains(name);
}
