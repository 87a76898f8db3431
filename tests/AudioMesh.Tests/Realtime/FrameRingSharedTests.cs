// SPDX-License-Identifier: MIT
using System.Runtime.Versioning;
using AudioMesh.Clock;
using AudioMesh.Realtime;
using AudioMesh.Testing;

namespace AudioMesh.Tests.Realtime;

internal sealed unsafe class FrameRingSharedTests
{
    private static readonly FrameRingOptions Options = new() { CapacityFrames = 256, Channels = 2, Rate = 48000 };

    private TemporaryFolder _folder = null!;
    private string _path = null!;

    [SetUp]
    public void MakeFolder()
    {
        _folder = new TemporaryFolder();
        _path = _folder.PathOf("ring");
    }

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void What_one_mapping_writes_the_other_reads()
    {
        using FrameRing maker = FrameRing.CreateShared(_path, Options);
        using FrameRing other = FrameRing.AttachShared(_path);
        Assert.That(maker.Writer.Write([1, 2, 3, 4], new MeshTime(42), FrameFlags.Dropout), Is.EqualTo(2));
        float[] read = new float[4];
        Assert.That(other.Reader.Read(read, out JamAudioFrame first), Is.EqualTo(2));
        Assert.That(read, Is.EqualTo(new float[] { 1, 2, 3, 4 }));
        Assert.That((first.TimestampGpu, first.Flags), Is.EqualTo((new MeshTime(42), FrameFlags.Dropout)));
        Assert.That(maker.Writer.FillFrames, Is.Zero);
    }

    [Test]
    public void The_next_writer_and_reader_go_on_where_the_last_stopped()
    {
        using FrameRing maker = FrameRing.CreateShared(_path, Options);
        maker.Writer.Write([1, 2, 3, 4], MeshTime.Unknown, FrameFlags.None);
        maker.Reader.Skip(1);
        using FrameRing next = FrameRing.AttachShared(_path);
        next.Writer.Write([5, 6], MeshTime.Unknown, FrameFlags.None);
        float[] read = new float[4];
        Assert.That(next.Reader.Read(read, out JamAudioFrame first), Is.EqualTo(2));
        Assert.That(read, Is.EqualTo(new float[] { 3, 4, 5, 6 }));
        Assert.That((first.Position, next.Writer.Position), Is.EqualTo((1ul, 3ul)));
    }

    [Test]
    [UnsupportedOSPlatform("windows")]
    public void The_file_is_its_owners_alone_and_goes_with_the_ring()
    {
        using (FrameRing.CreateShared(_path, Options))
        {
            Assert.That(File.GetUnixFileMode(_path), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
            FrameRing.AttachShared(_path).Dispose();
            Assert.That(File.Exists(_path), Is.True, "who attached leaves it");
        }

        Assert.That(File.Exists(_path), Is.False);
    }

    [Test]
    public void A_name_that_is_taken_is_not_taken_over()
    {
        File.WriteAllText(_path, "somebody's");
        Assert.That(Kind(() => FrameRing.CreateShared(_path, Options)), Is.EqualTo(AudioErrorKind.DeviceBusy));
        Assert.That(File.ReadAllText(_path), Is.EqualTo("somebody's"));
    }

    [Test]
    public void Who_has_attached_keeps_the_memory_when_the_maker_goes()
    {
        FrameRing maker = FrameRing.CreateShared(_path, Options);
        using FrameRing other = FrameRing.AttachShared(_path);
        maker.Writer.Write([7, 8], MeshTime.Unknown, FrameFlags.None);
        maker.Dispose();
        float[] read = new float[2];
        Assert.That(other.Reader.Read(read, out _), Is.EqualTo(1));
        Assert.That(read, Is.EqualTo(new float[] { 7, 8 }));
    }

    [Test]
    public void Files_without_a_ring_are_refused_by_what_is_wrong_with_them()
    {
        Assert.That(Kind(() => FrameRing.AttachShared(_path)), Is.EqualTo(AudioErrorKind.NotFound));
        Assert.That(Kind(() => FrameRing.CreateShared(_folder.PathOf("no/ring"), Options)), Is.EqualTo(AudioErrorKind.NotFound));
        File.WriteAllBytes(_path, []);
        Assert.That(Kind(() => FrameRing.AttachShared(_path)), Is.EqualTo(AudioErrorKind.Protocol));
        File.WriteAllBytes(_path, new byte[100]);
        Assert.That(Kind(() => FrameRing.AttachShared(_path)), Is.EqualTo(AudioErrorKind.Protocol));
        File.WriteAllBytes(_path, new byte[100_000]);
        Assert.That(Kind(() => FrameRing.AttachShared(_path)), Is.EqualTo(AudioErrorKind.Protocol));
    }

    [Test]
    public void A_ring_formatted_anew_is_no_longer_the_one_that_was_attached()
    {
        using FrameRing maker = FrameRing.CreateShared(_path, Options);
        Assert.That((maker.IsCurrent, maker.Generation), Is.EqualTo((true, 1ul)));
        using FrameRing again = FrameRing.Create(Options, maker.Memory, maker.Bytes);
        Assert.That((maker.IsCurrent, again.IsCurrent, again.Generation), Is.EqualTo((false, true, 2ul)));
    }

    private static AudioErrorKind Kind(Action action) => Assert.Throws<AudioMeshException>(() => action())!.Kind;
}
