// The words of the portable sources in OpenCL C 1.2.
#pragma OPENCL FP_CONTRACT OFF
#define KERNEL __kernel void
#define GLOBAL __global
#define LOCAL __local
#define TO_LOCAL __local
#define DEVICE static inline
#define APART static
#define RESTRICT restrict
#define GID(d) ((int)get_global_id(d))
#define LID(d) ((int)get_local_id(d))
#define GRP(d) ((int)get_group_id(d))
#define BARRIER() barrier(CLK_LOCAL_MEM_FENCE)
#define FLOAT_BITS(x) as_int(x)
#define BITS_FLOAT(i) as_float(i)
#define HIGH_32(a, b) mul_hi((uint)(a), (uint)(b))
#define HIGH_64(a, b) mul_hi((ulong)(a), (ulong)(b))
#define EXCHANGE(p, value) atomic_xchg(p, value)
