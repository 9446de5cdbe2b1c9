# right
# network: 3 4:tanh 1:sigmoid
import time
import numpy as np
import streamlit as st
from sklearn.datasets import make_gaussian_quantiles
from sklearn.utils import resample

st.title("A small network")
units = st.sidebar.slider("hidden units", 2, 16, 4)
rate = st.sidebar.number_input("rate", 0.01, 1.0, 0.5)
left, right = st.columns(2)
with left:
    kinds = st.selectbox("kinds", [2, 3])
points, labels = make_gaussian_quantiles(n_samples=200, n_features=3, n_classes=kinds, random_state=1)
points, labels = resample(points, labels, replace=False, n_samples=120, random_state=0)
labels = labels.reshape(-1, 1)
if st.button("train"):
    W = np.random.randn(3, units) * 0.5
    b = np.zeros(units)
    V = np.random.randn(units, 1) * 0.5
    c = np.zeros(1)
    bar = st.progress(0)
    for step in range(200):
        h = np.tanh(points @ W + b)
        p = 1 / (1 + np.exp(-(h @ V + c)))
        st.write("cost", -np.mean(labels * np.log(p) + (1 - labels) * np.log(1 - p)))
        e = (p - labels) / len(points)
        d = e @ V.T * (1 - h * h)
        V -= rate * h.T @ e
        c -= rate * e.sum(0)
        W -= rate * points.T @ d
        b -= rate * d.sum(0)
        bar.progress(step / 200)
        time.sleep(0.5)
