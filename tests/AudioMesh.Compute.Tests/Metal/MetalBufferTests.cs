// SPDX-License-Identifier: MIT
namespace AudioMesh.Compute.Tests.Metal;

internal sealed unsafe class MetalBufferTests : MetalFixture
{
    [Test]
    public void Starts_as_zeros_on_its_own_cache_lines([Values(1, 63, 4096, 1_000_001)] int bytes)
    {
        IComputeBuffer buffer = Disposed(Open().CreateBuffer(bytes));
        Assert.That(buffer.LengthBytes, Is.EqualTo(bytes));
        Assert.That((long)buffer.Address % 64, Is.Zero);
        Assert.That(new Span<byte>(buffer.Address, bytes).IndexOfAnyExcept((byte)0), Is.EqualTo(-1));
    }

    [TestCase(0)]
    [TestCase(-1)]
    public void A_length_below_one_is_refused(int bytes) => Throws(AudioErrorKind.InvalidArgument, () => Open().CreateBuffer(bytes));

    [Test]
    public void A_length_beyond_the_devices_limit_is_refused()
    {
        Fake.LimitBuffer(4096);
        Disposed(Open().CreateBuffer(4096));
        Throws(AudioErrorKind.LimitExceeded, () => Open().CreateBuffer(4097));
    }

    [Test]
    public void Can_be_disposed_of_twice()
    {
        IComputeBuffer buffer = Open().CreateBuffer(64);
        buffer.Dispose();
        buffer.Dispose();
        Assert.That(buffer.Address == null);
    }
}
