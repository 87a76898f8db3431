// SPDX-License-Identifier: MIT
namespace AudioMesh.Compute;

/// <summary>What every device refuses to record.</summary>
internal static class DispatchCheck
{
    /// <summary>Throws <see cref="AudioErrorKind.InvalidArgument"/> for a wrong number of buffers, a buffer that is not the device's own, or no workgroups.</summary>
    public static void Verify(in KernelDispatch dispatch, Func<IComputeBuffer, bool> isOwn)
    {
        string kernel = dispatch.Kernel.Name;
        if (dispatch.Buffers.Length != dispatch.Kernel.BufferCount)
        {
            throw Refusal($"{kernel} takes {dispatch.Kernel.BufferCount} buffers and was given {dispatch.Buffers.Length}.");
        }

        foreach (IComputeBuffer buffer in dispatch.Buffers)
        {
            if (!isOwn(buffer))
            {
                throw Refusal($"{kernel} was given a buffer of another device.");
            }
        }

        if (dispatch.GroupsX < 1 || dispatch.GroupsY < 1 || dispatch.GroupsZ < 1)
        {
            throw Refusal($"{kernel} was given {dispatch.GroupsX} x {dispatch.GroupsY} x {dispatch.GroupsZ} workgroups.");
        }
    }

    private static AudioMeshException Refusal(string message) => new(AudioErrorKind.InvalidArgument, message);
}
