# Shifts, scales and class weights for ScalingTests.cs and ClassBalanceTests.cs. scikit-learn 1.2.1.
import numpy as np
from sklearn.preprocessing import StandardScaler, MinMaxScaler
from sklearn.utils.class_weight import compute_class_weight
x = np.array([[5.1, 1e6, 7], [4.9, 1e6 + 1, 7], [6.7, 1e6 - 3, 7], [-5.8, 1e6 + 8, 7]])
s = StandardScaler().fit(x)
print('mean', [repr(v) for v in s.mean_], 'scale', [repr(v) for v in s.scale_])
print('row 3', [repr(v) for v in s.transform(x)[3]])
for low, high in ((0, 1), (-1, 1)):
    print(low, high, [repr(v) for v in MinMaxScaler((low, high)).fit(x).transform(x)[1]], [repr(v) for v in MinMaxScaler((low, high)).fit(x).transform([[0, 0, 9]])[0]])
y = np.array([0] * 6 + [1] * 3 + [2])
print(compute_class_weight('balanced', classes=np.arange(3), y=y))
